package io.reverie.video.shot;

import io.reverie.video.Frame;
import io.reverie.video.MediaSource;
import io.reverie.video.Rational;
import io.reverie.video.decode.FrameSequence;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** A film of frames; the pts of each frame is its index. */
final class FilmStrip {

  private final List<Frame> frames = new ArrayList<>();

  FilmStrip add(int count, IntFunction<Frame> shot) {
    for (int i = 0; i < count; i++) {
      frames.add(shot.apply(i));
    }
    return this;
  }

  /** Adds a pan of one pixel per frame. */
  FilmStrip pan(int count, DrawnPicture picture, double x, double y) {
    return add(count, i -> picture.view(x + i, y + i * 0.3, 1, 0));
  }

  FilmStrip plain(int count, double level) {
    return add(count, i -> plain(level));
  }

  static Frame plain(double level) {
    float[] rgb = new float[DrawnPicture.WIDTH * DrawnPicture.HEIGHT * 3];
    Arrays.fill(rgb, (float) level);
    return new Frame(DrawnPicture.WIDTH, DrawnPicture.HEIGHT, rgb, Optional.empty(), 0, false);
  }

  static Frame mixed(Frame one, Frame other, double share) {
    float[] rgb = one.rgb().clone();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (float) (one.rgb()[i] * (1 - share) + other.rgb()[i] * share);
    }
    return one.withRgb(rgb);
  }

  List<Frame> frames() {
    return frames;
  }

  /** Writes the film as stills to a folder. */
  FrameSequence in(Path folder) {
    List<MediaSource> stills = new ArrayList<>();
    try {
      for (int i = 0; i < frames.size(); i++) {
        Path file = folder.resolve("%04d.png".formatted(i));
        Files.write(file, Stills.encode(frames.get(i), "x.png", 8, 90));
        stills.add(MediaSource.of(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new FrameSequence("reel", stills, new Rational(24, 1));
  }
}
