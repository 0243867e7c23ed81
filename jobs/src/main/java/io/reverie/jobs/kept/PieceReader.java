package io.reverie.jobs.kept;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.gradient.SeamRatio;
import io.reverie.core.dream.image.Residual;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a {@link PieceWriter} wrote. Others may write there too: sizes are checked before
 * memory is taken, and {@link #finish} checks the sum of all bytes, so call it before the frames
 * are published.
 */
public final class PieceReader implements AutoCloseable {

  private final Size size;
  private final DataInputStream in;

  /**
   * Opens a piece.
   *
   * @param size of the ascent
   * @throws DamagedDreamException if it is missing, or no piece
   */
  PieceReader(Location file, Size size) throws IOException {
    this.size = size;
    this.in = open(file);
    try {
      require(in.readInt() == PieceWriter.MAGIC);
    } catch (ZstdIOException | EOFException e) {
      close();
      throw new DamagedDreamException(e);
    } catch (DamagedDreamException | IOException e) {
      close();
      throw e;
    }
  }

  private static DataInputStream open(Location file) throws IOException {
    try {
      InputStream stored = new BufferedInputStream(Storage.of(file).read(file), 1 << 16);
      return new DataInputStream(new BufferedInputStream(new ZstdInputStream(stored), 1 << 16));
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw new DamagedDreamException(e);
    }
  }

  /** Reads from the file. */
  private interface Read<T> {
    T read() throws IOException;
  }

  private static <T> T undamaged(Read<T> read) {
    try {
      return read.read();
    } catch (ZstdIOException | EOFException | IllegalArgumentException e) {
      // The last: a record refuses numbers that no dream has.
      throw new DamagedDreamException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new DamagedDreamException("not the dream of this frame");
    }
  }

  /**
   * Reads the next frame.
   *
   * @param pts that it must have
   * @param source at the size of the ascent
   * @return its dream at full strength
   * @throws DamagedDreamException if the file is damaged, or holds another frame
   */
  public KeptFrame next(long pts, Image source) {
    require(source.size().equals(size));
    return undamaged(
        () -> {
          require(in.readByte() == 1 && in.readLong() == pts);
          int iterations = in.readInt();
          boolean alone = in.readBoolean();
          require(size().equals(size));
          int steps = in.readInt();
          int zeroSteps = in.readInt();
          List<Size> octaves = octaves();
          Optional<SeamRatio> seams =
              in.readByte() == 1
                  ? Optional.of(new SeamRatio(in.readDouble(), in.readDouble()))
                  : Optional.empty();
          Residual residual = residual();
          Image whole = whole(source, residual.rgb());
          Dream dream = new Dream(whole, whole, residual, octaves, steps, zeroSteps, seams);
          return new KeptFrame(pts, dream, iterations, alone);
        });
  }

  private Size size() throws IOException {
    int height = in.readInt();
    int width = in.readInt();
    require(height > 0 && width > 0);
    return new Size(width, height);
  }

  private List<Size> octaves() throws IOException {
    int count = in.readUnsignedByte();
    List<Size> octaves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      octaves.add(size());
    }
    return octaves;
  }

  private Residual residual() throws IOException {
    float[] rgb = new float[size.height() * size.width() * 3];
    BytePlanes.read(rgb.length, in, (i, bits) -> rgb[i] = Float.intBitsToFloat(bits));
    return new Residual(size, rgb);
  }

  private Image whole(Image source, float[] residual) throws IOException {
    float[] rgb = new float[residual.length];
    BytePlanes.read(
        rgb.length,
        in,
        (i, bits) -> rgb[i] = Float.intBitsToFloat(bits + PieceWriter.sum(source, residual, i)));
    return new Image(size, rgb);
  }

  /**
   * Checks that all frames were read and that their bytes are those that were written.
   *
   * @throws DamagedDreamException otherwise
   */
  public void finish() {
    undamaged(
        () -> {
          require(in.readByte() == 0 && in.read() < 0);
          return true;
        });
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
