package io.reverie.temporal.carry;

import io.reverie.core.Size;
import io.reverie.core.dream.image.Mask;
import io.reverie.temporal.carry.ShotDreamer.Dreamed;
import io.reverie.temporal.measure.StageTimer;
import io.reverie.video.Frame;
import java.util.List;

/** A shot whose frames are prepared and dreamed on one thread. */
record Shot(ShotSource source, ShotDreamer dreamer) implements AutoCloseable {

  static Shot of(ShotSettings settings, Size size) {
    StageTimer timer = new StageTimer();
    return new Shot(new ShotSource(settings, size, timer), new ShotDreamer(settings, size, timer));
  }

  List<Dreamed> push(Frame frame, boolean flash, Mask mask, FrameSettings settings) {
    return dreamer.push(source.next(frame, flash, mask), settings);
  }

  List<Dreamed> finish() {
    return dreamer.finish();
  }

  ShotState state() {
    return dreamer.state();
  }

  void resume(ShotState state) {
    source.resume(state);
    dreamer.resume(state);
  }

  @Override
  public void close() {
    source.close();
    dreamer.close();
  }
}
