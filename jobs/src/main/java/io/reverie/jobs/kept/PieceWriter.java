package io.reverie.jobs.kept;

import com.github.luben.zstd.ZstdOutputStream;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.gradient.SeamRatio;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the dreams of consecutive frames to one file, bit by bit and without loss, and publishes
 * it atomically. Memory does not grow with the frames.
 *
 * <p>The file is one Zstandard frame with a checksum. It holds, big-endian, {@link #MAGIC} and for
 * each frame: the byte 1, pts, iterations, whether it was dreamed alone, height, width, steps,
 * steps without a gradient, the number of octaves with height and width of each, the number of seam
 * ratios (0 or 1) with value and spread; then the residual, and what the dream at full strength
 * differs from source plus residual in the last bits. The byte 0 ends it.
 */
public final class PieceWriter implements AutoCloseable {

  static final int MAGIC = 0x52764431;

  /** Residuals are mostly noise, so a higher level takes more time and saves nothing. */
  private static final int LEVEL = 1;

  /** Approximate bytes per pixel: of 12 raw ones, only repeated exponents compress. */
  public static final double BYTES_PER_PIXEL = 10;

  private final Location file;
  private final Path part;
  private final DataOutputStream out;
  private long bytes;

  /** Creates a file that is visible once {@link #publish} returns. */
  PieceWriter(Location file) throws IOException {
    this.file = file;
    this.part = Storage.of(file).part(file);
    OutputStream compressed =
        new ZstdOutputStream(new BufferedOutputStream(Files.newOutputStream(part)), LEVEL)
            .setChecksum(true);
    this.out = new DataOutputStream(new BufferedOutputStream(compressed, 1 << 16));
    out.writeInt(MAGIC);
  }

  /**
   * Appends a frame.
   *
   * @param source at the size of the ascent
   */
  public void write(KeptFrame frame, Image source) {
    try {
      out.writeByte(1);
      out.writeLong(frame.pts());
      out.writeInt(frame.iterations());
      out.writeBoolean(frame.alone());
      write(frame.dream());
      float[] residual = frame.dream().residual().rgb();
      float[] whole = frame.dream().fullStrength().rgb();
      BytePlanes.write(residual.length, i -> Float.floatToRawIntBits(residual[i]), out);
      BytePlanes.write(
          residual.length, i -> Float.floatToRawIntBits(whole[i]) - sum(source, residual, i), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bits of source plus residual, which are those of the dream but for its rounding. */
  static int sum(Image source, float[] residual, int i) {
    double value = (double) source.rgb()[i] + residual[i];
    return Float.floatToRawIntBits((float) Math.max(0, Math.min(255, value)));
  }

  private void write(Dream dream) throws IOException {
    write(dream.residual().size());
    out.writeInt(dream.steps());
    out.writeInt(dream.zeroSteps());
    out.writeByte(dream.octaves().size());
    for (Size octave : dream.octaves()) {
      write(octave);
    }
    out.writeByte(dream.seamRatio().isPresent() ? 1 : 0);
    if (dream.seamRatio().isPresent()) {
      SeamRatio seams = dream.seamRatio().get();
      out.writeDouble(seams.value());
      out.writeDouble(seams.spread());
    }
  }

  private void write(Size size) throws IOException {
    out.writeInt(size.height());
    out.writeInt(size.width());
  }

  /** Size of the published file. */
  long bytes() {
    return bytes;
  }

  /** Ends the file and makes it visible. */
  public void publish() throws IOException {
    out.writeByte(0);
    out.close();
    bytes = Files.size(part);
    Storage.of(file).commit(part, file);
  }

  @Override
  public void close() {
    try {
      try {
        out.close();
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
