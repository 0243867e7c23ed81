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
 * Frames set aside for another task, at 16 bits a colour.
 *
 * @param frames what they look like; transparency is left out
 */
public record LosslessSegment(SegmentFormat frames) {

  /**
   * What a value of 0..255 may differ by when it is read again: half a step of 16 bits, and a bit.
   */
  public static final double ROUNDING = 0.51 / 257;

  public LosslessSegment {
    frames = frames.deep();
  }

  /** Writes them to a file of this machine; the caller closes. */
  public FrameWriter writer(Path file) {
    return new SegmentWriter(file, OutputFormat.lossless(), frames);
  }

  /** Reads them, in the source's times; the caller closes. */
  public FrameReader reader(MediaSource media) {
    VideoFile own = new VideoFile(media);
    VideoIndex index = own.index();
    return new SourceTimes(own.open(index, PtsRange.ALL, Optional.empty()), index.timeBase());
  }

  /** The file may count in a finer unit than the source, and from another beginning. */
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
