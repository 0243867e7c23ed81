package io.reverie.temporal.carry;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.core.Size;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.image.Residual;
import io.reverie.core.network.Network;
import io.reverie.core.network.Networks;
import io.reverie.temporal.carry.ShotDreamer.Dreamed;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.temporal.measure.ShotMeasures;
import io.reverie.video.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;

/** Moving frames and their dreams, with one setup or one per frame. */
final class ShotScenes {

  static final int NEVER = -1;
  static final Size SIZE = new Size(64, 48);
  static final Network NETWORK = Networks.load("embedded");

  private ShotScenes() {}

  /** Dreams {@link #moving} frames with a setup for each. */
  static List<Dreamed> dreamed(IntFunction<ShotSetup> setups, List<Frame> frames) {
    try (Shot shot = setups.apply(0).shot(SIZE)) {
      return dreamed(shot, setups, frames);
    }
  }

  static List<Dreamed> dreamed(Shot shot, IntFunction<ShotSetup> setups, List<Frame> frames) {
    List<Dreamed> dreams = new ArrayList<>();
    for (Frame f : frames) {
      FrameSettings settings = setups.apply(number(f)).frame(NETWORK);
      dreams.addAll(shot.push(f, false, TestPictures.WHOLE, settings));
    }
    dreams.addAll(shot.finish());
    return dreams;
  }

  private static int number(Frame frame) {
    return (int) frame.pts() / 40;
  }

  static List<Dreamed> dreamed(ShotSetup setup, List<Frame> frames, int flash) {
    List<Dreamed> dreams = new ArrayList<>();
    try (Shot shot = setup.shot(SIZE)) {
      for (int i = 0; i < frames.size(); i++) {
        dreams.addAll(
            shot.push(frames.get(i), i == flash, TestPictures.WHOLE, setup.frame(NETWORK)));
      }
      dreams.addAll(shot.finish());
    }
    return dreams;
  }

  static Dream alone(ShotSetup setup, Frame frame) {
    return setup.dreamer(NETWORK).dream(FrameImages.image(frame), frame.pts(), Optional.empty());
  }

  /** Returns new frames at the times of {@link #moving}. */
  static List<Frame> timed(List<Frame> frames) {
    List<Frame> timed = new ArrayList<>();
    for (Frame f : frames) {
      long pts = 40L * timed.size();
      timed.add(new Frame(f.width(), f.height(), f.rgb(), Optional.empty(), pts, false));
    }
    return timed;
  }

  /** Moves frames to the times of {@link #moving}. */
  static List<Frame> spaced(List<Frame> frames) {
    List<Frame> spaced = new ArrayList<>();
    for (Frame frame : frames) {
      spaced.add(frame.at(40L * spaced.size()));
    }
    return spaced;
  }

  static void assertSame(Dreamed dreamed, Dream alone) {
    assertThat(dreamed.dream().image().rgb()).isEqualTo(alone.image().rgb());
    assertThat(dreamed.dream().residual().rgb()).isEqualTo(alone.residual().rgb());
    assertThat(dreamed.measures().alone()).isTrue();
    assertThat(dreamed.measures().iterations()).isEqualTo(ShotSetup.ITERATIONS);
  }

  static ShotMeasures measures(List<Dreamed> dreams) {
    return new ShotMeasures(dreams.stream().map(Dreamed::measures).toList());
  }

  static double distance(Dream a, Dream b) {
    return Residual.between(a.fullStrength(), b.fullStrength()).meanAbs();
  }

  static List<Frame> moving(int frames) {
    return moving(frames, i -> 1);
  }

  static List<Frame> moving(int frames, IntToDoubleFunction light) {
    List<Frame> moving = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      moving.add(texture(64, 48, 2 * i, light.applyAsDouble(i), 40L * i));
    }
    return moving;
  }

  /** Returns waves of many directions that move to the right. */
  static Frame texture(int width, int height, int right, double light, long pts) {
    SplittableRandom random = new SplittableRandom(9);
    double[] rgb = new double[width * height * 3];
    for (int wave = 0; wave < 24; wave++) {
      double fx = random.nextDouble(-0.9, 0.9);
      double fy = random.nextDouble(-0.9, 0.9);
      double phase = random.nextDouble(6);
      for (int i = 0; i < rgb.length; i++) {
        int row = i / 3 / width;
        int column = i / 3 % width - right;
        rgb[i] += 16 * Math.sin(fx * column + fy * row + phase + i % 3 * 0.3 * wave);
      }
    }
    float[] levels = new float[rgb.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (float) (light * Math.max(0, Math.min(255, 120 + rgb[i])));
    }
    return new Frame(width, height, levels, Optional.empty(), pts, false);
  }
}
