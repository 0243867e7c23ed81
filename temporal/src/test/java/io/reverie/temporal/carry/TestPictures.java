package io.reverie.temporal.carry;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.image.Mask;
import io.reverie.core.dream.image.Residual;
import io.reverie.temporal.carry.FocusRule.CarriedState;
import io.reverie.video.motion.FlowField;
import io.reverie.video.motion.Motion;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/** Synthetic images and motions of one size. */
public final class TestPictures {

  public static final Size SIZE = new Size(64, 48);
  public static final int PLACES = 48 * 64;
  static final Mask WHOLE = Mask.whole(SIZE);

  private TestPictures() {}

  static Image flat(double level) {
    return new Image(SIZE, filled(3 * PLACES, level));
  }

  /** Returns alternating grey levels on both sides of a mean. */
  static Image contrast(double middle, double deviation) {
    float[] rgb = new float[3 * PLACES];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (float) (middle + (i / 3 % 2 == 0 ? deviation : -deviation));
    }
    return new Image(SIZE, rgb);
  }

  static Image noisePicture(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] rgb = new float[3 * PLACES];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (float) random.nextDouble(255);
    }
    return new Image(SIZE, rgb);
  }

  public static Residual even(double level) {
    return new Residual(SIZE, filled(3 * PLACES, level));
  }

  /** Returns the state of a frame dreamed alone. */
  static CarriedState carried(Residual residual) {
    return CarriedState.whole(residual, WHOLE);
  }

  /** Returns uniform noise with about this root mean square. */
  public static Residual noise(long seed, double strength) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] rgb = new float[3 * PLACES];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (float) (Math.sqrt(3) * strength * (2 * random.nextDouble() - 1));
    }
    return new Residual(SIZE, rgb);
  }

  /** Returns zero motion with the given consistency. */
  public static Motion still(IntToDoubleFunction consistency) {
    float[] mask = new float[PLACES];
    for (int i = 0; i < PLACES; i++) {
      mask[i] = (float) consistency.applyAsDouble(i);
    }
    return new Motion(new FlowField(SIZE.width(), SIZE.height(), new float[2 * PLACES]), mask);
  }

  /** Returns the motion of everything to the right and down. */
  public static Motion moved(float right, float down) {
    float[] xy = new float[2 * PLACES];
    for (int i = 0; i < xy.length; i += 2) {
      xy[i] = -right;
      xy[i + 1] = -down;
    }
    return new Motion(new FlowField(SIZE.width(), SIZE.height(), xy), filled(PLACES, 1));
  }

  public static int column(int place) {
    return place % SIZE.width();
  }

  static float[] filled(int length, double value) {
    float[] values = new float[length];
    Arrays.fill(values, (float) value);
    return values;
  }

  static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  static double least(float[] values) {
    double least = Double.POSITIVE_INFINITY;
    for (float value : values) {
      least = Math.min(least, value);
    }
    return least;
  }

  static double most(float[] values) {
    double most = Double.NEGATIVE_INFINITY;
    for (float value : values) {
      most = Math.max(most, value);
    }
    return most;
  }

  public static double rms(Residual residual) {
    double sum = 0;
    for (float value : residual.rgb()) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum / residual.rgb().length);
  }

  /** Returns waves in all directions, 40 to 190, which leaves room for a dream. */
  public static double texture(int x, int y, double phase) {
    double sum = 0;
    for (int k = 1; k <= 6; k++) {
      double angle = phase * k * k;
      double along = x * Math.cos(angle) + y * Math.sin(angle);
      sum += Math.sin(along * (0.12 + 0.07 * k) + 3 * phase * k);
    }
    return 115 + 12 * sum;
  }
}
