package io.reverie.video.series;

import io.reverie.video.Frame;
import io.reverie.video.MediaSource;
import io.reverie.video.still.Stills;
import java.util.List;

/**
 * Images with frame numbers.
 *
 * @param media in the order of their numbers
 * @param numbers frame numbers of the images, ascending
 */
public record NumberedPictures(List<? extends MediaSource> media, List<Long> numbers)
    implements FrameSeries {

  public NumberedPictures {
    media = List.copyOf(media);
    numbers = List.copyOf(numbers);
  }

  /** Returns whether the frame has its own image. */
  public boolean has(FramePosition frame) {
    return numbers.get(last(frame)) == frame.number();
  }

  /** Returns whether the frame or an earlier one has an image. */
  public boolean hasStarted(FramePosition frame) {
    return numbers.get(0) <= frame.number();
  }

  @Override
  public int last(FramePosition frame) {
    int before = (int) numbers.stream().filter(number -> number <= frame.number()).count();
    return Math.max(0, before - 1);
  }

  /** Returns images in turn; the first belongs to the first frame, whatever the numbers. */
  @Override
  public int looped(FramePosition frame) {
    return frame.position() % media.size();
  }

  @Override
  public Frame picture(int which) {
    return Stills.shown(media.get(which));
  }

  @Override
  public void close() {}
}
