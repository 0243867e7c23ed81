package io.reverie.video.encode;

import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.FrameWriter;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.Rational;
import io.reverie.video.SegmentFormat;
import io.reverie.video.VideoIndex;
import io.reverie.video.decode.VideoFile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A lossless intermediate file of frames with 16 bits per component, which another task reads.
 *
 * @param frames their format; transparency is dropped
 */
public record LosslessSegment(SegmentFormat frames) {

  /** Maximum error of a value in 0..255 after reading back: half a 16-bit step plus rounding. */
  public static final double ROUNDING = 0.51 / 257;

  public LosslessSegment {
    frames = frames.opaque16Bit();
  }

  /** Opens a local file for writing; the caller closes it. */
  public FrameWriter writer(Path file) {
    return new SegmentWriter(file, OutputFormat.lossless(), frames);
  }

  /** Opens a file for reading, with the source's times; the caller closes it. */
  public FrameReader reader(MediaSource media) {
    VideoFile video = new VideoFile(media);
    VideoIndex index = video.index();
    return new SourceTimes(video.open(index, PtsRange.ALL, Optional.empty()), index.timeBase());
  }

  /**
   * Converts the file's times, which may have a finer time base and another origin, to the
   * source's.
   */
  private final class SourceTimes implements FrameReader {

    private final FrameReader reader;
    private final double ticks;

    SourceTimes(FrameReader reader, Rational timeBase) {
      this.reader = reader;
      this.ticks = timeBase.toDouble() / frames.timeBase().toDouble();
    }

    @Override
    public Optional<Frame> next() {
      return reader.next().map(f -> f.at(Math.round(f.pts() * ticks) + frames.origin()));
    }

    @Override
    public void close() {
      reader.close();
    }
  }
}
