package io.reverie.jobs.report;

import io.reverie.jobs.process.RunFolder;
import io.reverie.video.Frame;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.Rational;
import io.reverie.video.SegmentFormat;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.assemble.Assembler;
import io.reverie.video.encode.EncodeOptions;
import io.reverie.video.encode.OutputFormat;
import io.reverie.video.encode.SegmentWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** Encodes pairs of frames as one small film: the source on the left, the dream on the right. */
public final class ComparisonEncoder implements AutoCloseable {

  /** Frames of a film; at 24 per second, 10 s. */
  public static final int MAX_FRAMES = 240;

  private static final int SIDE = 400;

  /** H.264's quantiser: clean enough to judge movement by. */
  private static final int QUALITY = 26;

  /** Bytes of a film; a larger one is left out, and the page has its stills. */
  private static final long MAX_BYTES = 3L << 20;

  private final Size half;
  private final VideoIndex index;
  private final OutputFormat format;
  private final Path segment = temporary("film.nut");
  private final Path file = temporary("film.mp4");
  private final SegmentWriter writer;
  private int frames;

  /**
   * Begins a film.
   *
   * @param rate frames per second
   * @param size of the result
   */
  public ComparisonEncoder(Rational rate, Size size) {
    Size small = Thumbnails.size(size.width(), size.height(), SIDE);
    this.half = new Size(small.width() + small.width() % 2, small.height() + small.height() % 2);
    Size both = new Size(2 * half.width(), half.height());
    this.index = VideoIndex.steady(rate, MAX_FRAMES, both, 8, false);
    this.format =
        OutputFormat.of(
            "film.mp4",
            new EncodeOptions(
                Optional.of("h264"),
                OptionalInt.of(QUALITY),
                OptionalLong.empty(),
                Optional.empty()));
    this.writer = new SegmentWriter(segment, format, SegmentFormat.of(index, both));
  }

  private static Path temporary(String name) {
    return RunFolder.path().resolve(UUID.randomUUID() + "-" + name);
  }

  /** The size that frames must have. */
  public Size half() {
    return half;
  }

  /** Adds a pair of frames as a standard display shows them; pairs beyond the limit are ignored. */
  public void add(Frame before, Frame after) {
    if (frames == MAX_FRAMES) {
      return;
    }
    float[] both = new float[2 * before.rgb().length];
    int row = 3 * half.width();
    for (int y = 0; y < half.height(); y++) {
      System.arraycopy(before.rgb(), y * row, both, 2 * y * row, row);
      System.arraycopy(after.rgb(), y * row, both, (2 * y + 1) * row, row);
    }
    writer.write(new Frame(2 * half.width(), half.height(), both, Optional.empty(), frames, false));
    frames++;
  }

  /**
   * Ends the film; empty if it has no frames or is too large for a page.
   *
   * @param whole whether it shows all of the result
   */
  public Optional<Film> film(boolean whole) throws IOException {
    if (frames == 0) {
      return Optional.empty();
    }
    writer.finish();
    writer.close();
    VideoIndex made = VideoIndex.steady(index.rate(), frames, index.size(), 8, false);
    new Assembler(made, PtsRange.ALL, format, Optional.empty())
        .assemble(Optional.empty(), List.of(MediaSource.of(segment)), file);
    return Files.size(file) > MAX_BYTES
        ? Optional.empty()
        : Optional.of(
            new Film(
                Files.readAllBytes(file),
                2 * half.width(),
                half.height(),
                frames / index.rate().toDouble(),
                whole));
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(segment);
    Files.deleteIfExists(file);
  }
}
