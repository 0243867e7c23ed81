package io.reverie.video.decode;

import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.Rational;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.still.Still;
import io.reverie.video.still.Stills;
import java.util.List;
import java.util.Optional;

/**
 * Numbered stills as a video.
 *
 * @param name for error messages
 * @param stills in the order of their numbers, all of one size
 * @param rate frames per second
 */
public record FrameSequence(String name, List<MediaSource> stills, Rational rate)
    implements VideoSource {

  /** Frames of a video have 16 bits at most. */
  private static final int DEEPEST = 16;

  public FrameSequence {
    stills = List.copyOf(stills);
    if (stills.isEmpty()) {
      throw new MediaException(name + ": no frame matches this pattern");
    }
  }

  @Override
  public VideoIndex index() {
    Still first = Stills.read(stills.get(0));
    return VideoIndex.steady(
        rate,
        stills.size(),
        new Size(first.frame().width(), first.frame().height()),
        Math.min(DEEPEST, first.bitDepth()),
        first.frame().alpha().isPresent());
  }

  @Override
  public FrameReader open(VideoIndex index, PtsRange range, Optional<Size> size) {
    return new Reader(index, index.first(range.from()), index.first(range.to()), size);
  }

  private final class Reader implements FrameReader {

    private final VideoIndex index;
    private final int end;
    private final Optional<Size> size;
    private int position;

    Reader(VideoIndex index, int from, int end, Optional<Size> size) {
      this.index = index;
      this.position = from;
      this.end = end;
      this.size = size;
    }

    @Override
    public Optional<Frame> next() {
      if (position >= end) {
        return Optional.empty();
      }
      MediaSource still = stills.get(position);
      Frame frame = Stills.shown(still);
      Size actual = new Size(frame.width(), frame.height());
      if (!actual.equals(index.size())) {
        throw new MediaException(
            "%s is %s px, but the sequence starts with %s px; all frames must have the same size"
                .formatted(still.name(), actual, index.size()));
      }
      return Optional.of(Stills.scale(frame, size.orElse(actual)).at(index.times()[position++]));
    }

    @Override
    public void close() {}
  }
}
