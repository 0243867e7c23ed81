package io.reverie.temporal.carry;

import io.reverie.core.Image;
import io.reverie.core.dream.image.Mask;
import java.util.function.DoubleSupplier;

/**
 * The strength that a shot is held at: that of its first frame, dreamed alone. A shot that fades in
 * from black, or walks into the light, has no strength of its own in its first frame; so where the
 * contrast of the picture (under its mask) has changed by half, or a quarter of what is dreamed, a
 * frame is dreamed alone aside, to be measured. Where the spec climbs more or less than when that
 * was measured, the strength is more or less by as much.
 */
final class StrengthTarget {

  private static final double CHANGE = 1.5;
  private static final double DRIFT = 0.25;

  /** Frames between two such looks. */
  private static final int PAUSE = 3;

  private double strength;
  private double climb = 1;
  private double contrast;
  private double drift;
  private int age;

  /**
   * What it knows.
   *
   * @param climb grey levels that were climbed to the strength
   * @param drift how much of what is dreamed has changed since then
   * @param age frames since the last look
   */
  record State(double strength, double climb, double contrast, double drift, int age) {}

  State state() {
    return new State(strength, climb, contrast, drift, age);
  }

  void resume(State state) {
    strength = state.strength();
    climb = state.climb();
    contrast = state.contrast();
    drift = state.drift();
    age = state.age();
  }

  /**
   * Takes a frame's strength that was dreamed alone.
   *
   * @param mask somewhere above 0
   * @param climb grey levels that it climbed
   */
  void take(Image source, Mask mask, double climb, double measured) {
    strength = measured / mask.mean();
    this.climb = climb;
    contrast = contrast(source, mask.weights());
    drift = 0;
    age = 0;
  }

  /**
   * The strength for the next frame where its mask is 1, in grey levels.
   *
   * @param mask somewhere above 0
   * @param climb grey levels that it would climb, dreamed alone
   * @param change how much of what is dreamed has changed since the frame before
   * @param alone dreams the frame alone and tells its strength
   * @return 0 if nothing can be told yet
   */
  double of(Image source, Mask mask, double climb, double change, DoubleSupplier alone) {
    age++;
    drift += change;
    double now = contrast(source, mask.weights());
    boolean changed = now > CHANGE * contrast || now * CHANGE < contrast || drift >= DRIFT;
    if (changed && age >= PAUSE) {
      take(source, mask, climb, alone.getAsDouble());
    }
    return strength * (climb / this.climb);
  }

  /** The standard deviation of the brightness, and a little, lest black be infinitely far. */
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
