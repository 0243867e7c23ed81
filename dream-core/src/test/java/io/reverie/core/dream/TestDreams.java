package io.reverie.core.dream;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.objective.ChannelSelector;
import io.reverie.core.objective.L2;
import io.reverie.core.objective.Objective;
import java.util.List;
import java.util.SplittableRandom;

/** Images, settings and measures that tests of dreams share. */
public final class TestDreams {

  /** The usual objective of the small network. */
  public static final Objective CONV2 = new L2("conv2", ChannelSelector.all(), 1);

  private TestDreams() {}

  /** Returns an octave of equal steps. */
  public static OctaveSpec octave(int iterations, double step, double blur) {
    return new OctaveSpec(List.of(CONV2), iterations, Ramp.of(step), Ramp.of(blur));
  }

  /** Returns noise in the middle of the range, so a few steps clip nothing. */
  public static Image photo(Size size, long seed) {
    return photo(size, seed, 90, 165);
  }

  /** Returns noise between two grey levels. */
  public static Image photo(Size size, long seed, double least, double most) {
    float[] rgb = new float[size.height() * size.width() * 3];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (float) (least + (most - least) * random.nextDouble());
    }
    return new Image(size, rgb);
  }

  /** Returns the mean magnitude. */
  public static double meanAbs(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += Math.abs(value);
    }
    return sum / values.length;
  }
}
