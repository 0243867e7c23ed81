package io.reverie.jobs.reel;

import io.reverie.video.Frame;
import io.reverie.video.MediaSource;
import io.reverie.video.Stills;
import java.util.List;

/**
 * Pictures of some frames.
 *
 * @param media in the order of their numbers
 * @param numbers of the frames that they belong to, ascending
 */
public record NumberedPictures(List<? extends MediaSource> media, List<Long> numbers)
    implements Reel {

  public NumberedPictures {
    media = List.copyOf(media);
    numbers = List.copyOf(numbers);
  }

  /** Whether a frame has a picture of its own. */
  public boolean has(When frame) {
    return numbers.get(last(frame)) == frame.number();
  }

  /** Whether a frame or one before it has a picture. */
  public boolean begun(When frame) {
    return numbers.get(0) <= frame.number();
  }

  @Override
  public int last(When frame) {
    int before = (int) numbers.stream().filter(number -> number <= frame.number()).count();
    return Math.max(0, before - 1);
  }

  /** The first picture goes with the first frame, whatever their numbers. */
  @Override
  public int looped(When frame) {
    return frame.position() % media.size();
  }

  @Override
  public Frame picture(int which) {
    return Stills.read(media.get(which)).frame();
  }

  @Override
  public void close() {}
}
