package io.reverie.temporal.carry;

import io.reverie.core.Image;
import io.reverie.core.dream.image.Mask;
import java.util.function.DoubleSupplier;

/**
 * The strength at which a shot is held: that of its first frame, dreamed alone. A shot that fades
 * in from black has no meaningful strength in its first frame; so when the contrast of the image
 * (under its mask) has changed by half, or the objectives by a quarter, a frame is also dreamed
 * alone to be measured. If the spec changes the ascent length, the strength scales with it.
 */
final class StrengthTarget {

  private static final double CHANGE = 1.5;
  private static final double DRIFT = 0.25;

  /** Minimum number of frames between two measurements. */
  private static final int PAUSE = 3;

  /** Share of a miss that the next aim corrects. */
  private static final double GAIN = 0.25;

  /** Largest correction of the aim. */
  private static final double LARGEST_AIM = 0.25;

  private double strength;
  private double ascentLength = 1;
  private double contrast;
  private double drift;
  private int age;
  private double aim = 1;
  private double wanted;
  private int distance = 1;

  /**
   * The state of the target.
   *
   * @param ascentLength ascent length of the measured frame, in grey levels
   * @param drift sum of the changes of the objectives since the measurement
   * @param age frames since the measurement
   * @param aim as {@link StrengthTarget#aim}
   */
  record State(
      double strength, double ascentLength, double contrast, double drift, int age, double aim) {
    State {
      if (age < 0 || !(strength >= 0 && ascentLength >= 0 && contrast >= 0 && drift >= 0)) {
        throw new IllegalArgumentException(
            "a shot cannot have the strength %s, ascents of %s, the contrast %s and the drift %s after %d frames"
                .formatted(strength, ascentLength, contrast, drift, age));
      }
    }
  }

  State state() {
    return new State(strength, ascentLength, contrast, drift, age, aim);
  }

  void resume(State state) {
    strength = state.strength();
    ascentLength = state.ascentLength();
    contrast = state.contrast();
    drift = state.drift();
    age = state.age();
    aim = state.aim();
  }

  /**
   * Sets the strength from a frame dreamed alone.
   *
   * @param mask not empty
   * @param ascentLength its ascent length in grey levels
   */
  void measure(Image source, Mask mask, double ascentLength, double measured) {
    strength = measured / mask.mean();
    this.ascentLength = ascentLength;
    contrast = contrast(source, mask.weights());
    drift = 0;
    age = 0;
  }

  /**
   * Notes how far the next keyframe is from the last one.
   *
   * @param frames 1 without in-betweens
   */
  void advance(int frames) {
    distance = frames;
  }

  /**
   * Returns the strength of the next frame under a mask of 1, in grey levels.
   *
   * @param mask not empty
   * @param ascentLength ascent length of the frame dreamed alone, in grey levels
   * @param change change of the objectives since the previous frame
   * @param alone dreams the frame alone and returns its strength
   * @return 0 if no frame has had any strength yet
   */
  double strength(
      Image source, Mask mask, double ascentLength, double change, DoubleSupplier alone) {
    age += distance;
    drift += change;
    double current = contrast(source, mask.weights());
    boolean changed = current > CHANGE * contrast || current * CHANGE < contrast || drift >= DRIFT;
    if (changed && age >= PAUSE) {
      measure(source, mask, ascentLength, alone.getAsDouble());
    }
    wanted = strength * (ascentLength / this.ascentLength);
    return wanted;
  }

  /**
   * Returns the strength to aim at, relative to the target: fewer, longer ascents fall short of it.
   */
  double aim() {
    return distance > 1 ? aim : 1;
  }

  /**
   * Corrects the aim after a keyframe with in-betweens.
   *
   * @param mask not empty
   * @param reached mean strength of the keyframe for which the strength was last asked and of the
   *     in-betweens before it
   */
  void correct(Mask mask, double reached) {
    if (wanted > 0 && distance > 1) {
      double missed = 1 - reached / (wanted * mask.mean());
      aim = Math.max(1 - LARGEST_AIM, Math.min(1 + LARGEST_AIM, aim + GAIN * missed));
    }
  }

  /**
   * Returns the standard deviation of the brightness plus a constant that keeps ratios to black
   * finite.
   */
  private static double contrast(Image image, float[] weights) {
    double sum = 0;
    double squares = 0;
    double places = 0;
    for (int i = 0; i < weights.length; i++) {
      double level = (image.rgb()[3 * i] + image.rgb()[3 * i + 1] + image.rgb()[3 * i + 2]) / 3.0;
      sum += weights[i] * level;
      squares += weights[i] * level * level;
      places += weights[i];
    }
    double mean = sum / places;
    return 2 + Math.sqrt(Math.max(0, squares / places - mean * mean));
  }
}
