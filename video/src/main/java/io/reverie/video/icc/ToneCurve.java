package io.reverie.video.icc;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * A curve from stored values to light, both in 0..1, as the tags {@code curv} and {@code para} of
 * ICC profiles define it (ICC.1:2022, 10.6 and 10.18).
 *
 * @param points light at equal steps; never falls
 */
record ToneCurve(double[] points) {

  private static final int CURVE = 0x63757276;
  private static final int PARAMETRIC = 0x70617261;
  private static final int STEPS = 4096;
  private static final int MAX_POINTS = 1 << 16;

  /** Numbers of the parametric functions 0 to 4. */
  private static final int[] PARAMETERS = {1, 3, 4, 5, 7};

  /**
   * Reads a tag.
   *
   * @return empty if it is damaged, or no curve that can be inverted
   */
  static Optional<ToneCurve> of(byte[] tag) {
    ByteBuffer in = ByteBuffer.wrap(tag);
    if (tag.length < 12) {
      return Optional.empty();
    }
    return (in.getInt(0) == CURVE
            ? listed(in)
            : in.getInt(0) == PARAMETRIC ? parametric(in) : Optional.<ToneCurve>empty())
        .filter(ToneCurve::isRising);
  }

  private static Optional<ToneCurve> listed(ByteBuffer in) {
    int count = in.getInt(8);
    if (count < 0 || count > MAX_POINTS || in.limit() < 12 + 2 * count) {
      return Optional.empty();
    }
    if (count < 2) {
      double gamma = count == 0 ? 1 : Short.toUnsignedInt(in.getShort(12)) / 256.0;
      return Optional.of(sampled(value -> Math.pow(value, gamma)));
    }
    double[] points = new double[count];
    for (int i = 0; i < count; i++) {
      points[i] = Short.toUnsignedInt(in.getShort(12 + 2 * i)) / 65535.0;
    }
    return Optional.of(new ToneCurve(points));
  }

  private static Optional<ToneCurve> parametric(ByteBuffer in) {
    int type = in.getShort(8);
    if (type < 0 || type > 4 || in.limit() < 12 + 4 * PARAMETERS[type]) {
      return Optional.empty();
    }
    double[] p = new double[7];
    for (int i = 0; i < PARAMETERS[type]; i++) {
      p[i] = in.getInt(12 + 4 * i) / 65536.0;
    }
    double a = type == 0 ? 1 : p[1];
    double b = p[2];
    // Below d, types 1 and 2 are constant, and 3 and 4 are straight.
    double d = type == 1 || type == 2 ? (a == 0 ? 0 : -b / a) : p[4];
    double slope = type >= 3 ? p[3] : 0;
    double above = type == 2 ? p[3] : p[5];
    double below = type == 2 ? p[3] : p[6];
    return Optional.of(
        sampled(
            value ->
                value >= d
                    ? Math.pow(Math.max(0, a * value + b), p[0]) + above
                    : slope * value + below));
  }

  private static ToneCurve sampled(DoubleUnaryOperator curve) {
    double[] points = new double[STEPS + 1];
    for (int i = 0; i <= STEPS; i++) {
      double light = curve.applyAsDouble((double) i / STEPS);
      points[i] = Math.max(0, Math.min(1, light));
    }
    return new ToneCurve(points);
  }

  private boolean isRising() {
    for (int i = 1; i < points.length; i++) {
      if (!(points[i] >= points[i - 1])) {
        return false;
      }
    }
    return points[points.length - 1] > points[0];
  }

  double toLight(double value) {
    double position = Math.max(0, Math.min(1, value)) * (points.length - 1);
    int below = Math.min(points.length - 2, (int) position);
    return points[below] + (position - below) * (points[below + 1] - points[below]);
  }

  /** Inverts {@link #toLight}; what no value reaches is clipped. */
  double fromLight(double light) {
    int found = Arrays.binarySearch(points, light);
    if (found >= 0) {
      return (double) found / (points.length - 1);
    }
    int above = -found - 1;
    if (above == 0 || above == points.length) {
      return above == 0 ? 0 : 1;
    }
    double step = points[above] - points[above - 1];
    double part = step > 0 ? (light - points[above - 1]) / step : 0;
    return (above - 1 + part) / (points.length - 1);
  }
}
