package io.reverie.video.series;

import io.reverie.video.Frame;
import io.reverie.video.MediaSource;
import io.reverie.video.still.Stills;
import java.util.List;

/**
 * Pictures of some frames.
 *
 * @param media in the order of their numbers
 * @param numbers of the frames that they belong to, ascending
 */
public record NumberedPictures(List<? extends MediaSource> media, List<Long> numbers)
    implements FrameSeries {

  public NumberedPictures {
    media = List.copyOf(media);
    numbers = List.copyOf(numbers);
  }

  /** Whether a frame has a picture of its own. */
  public boolean has(FramePosition frame) {
    return numbers.get(last(frame)) == frame.number();
  }

  /** Whether a frame or one before it has a picture. */
  public boolean begun(FramePosition frame) {
    return numbers.get(0) <= frame.number();
  }

  @Override
  public int last(FramePosition frame) {
    int before = (int) numbers.stream().filter(number -> number <= frame.number()).count();
    return Math.max(0, before - 1);
  }

  /** The first picture goes with the first frame, whatever their numbers. */
  @Override
  public int looped(FramePosition frame) {
    return frame.position() % media.size();
  }

  @Override
  public Frame picture(int which) {
    return Stills.read(media.get(which)).frame();
  }

  @Override
  public void close() {}
}
