package io.reverie.video;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Frames set aside for another task, at 16 bits a colour.
 *
 * @param file local
 * @param frames what they look like; transparency is left out
 */
public record LosslessSegment(Path file, SegmentFormat frames) {

  public LosslessSegment {
    frames = frames.deep();
  }

  /** The same in another file. */
  public LosslessSegment at(Path other) {
    return new LosslessSegment(other, frames);
  }

  /** Writes it anew; the caller closes. */
  public FrameWriter writer() {
    return new SegmentWriter(file, OutputFormat.lossless(), frames);
  }

  /** Reads it, in the source's times; the caller closes. */
  public FrameReader reader() {
    VideoFile own = new VideoFile(MediaSource.of(file));
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
