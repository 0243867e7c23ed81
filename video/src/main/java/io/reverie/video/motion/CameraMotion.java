package io.reverie.video.motion;

/**
 * Camera motion between consecutive frames, as a viewer sees it: the image is scaled and rotated
 * about its centre, then shifted.
 *
 * <p>With c the centre and t the shift, the pixel at q moves to {@code p = c + zoom R (q - c) + t}.
 *
 * @param zoom scale factor, above 0
 * @param rotate degrees, counterclockwise, finite
 * @param x shift to the right in percent of the shorter side
 * @param y shift down in percent of the shorter side
 */
public record CameraMotion(double zoom, double rotate, double x, double y) {

  public CameraMotion {
    if (!(zoom > 0) || !Double.isFinite(zoom + rotate + x + y)) {
      throw new IllegalArgumentException(
          "a camera cannot zoom by %s, rotate by %s and move by %s, %s"
              .formatted(zoom, rotate, x, y));
    }
  }

  /** How pixels outside the image are filled. */
  public enum Edge {
    /** Reflects the image. */
    MIRRORED,
    /** Fills with zeros. */
    EMPTY
  }

  /** Returns whether nothing moves. */
  public boolean isStill() {
    return zoom == 1 && rotate == 0 && x == 0 && y == 0;
  }

  /**
   * Applies the motion to an image. Uses Lanczos-3 with positions exact to 1/2048 px: {@link
   * Interpolation}'s 1/32 px would freeze the centre of a slow zoom.
   *
   * @param values interleaved channels, row-major, {@code height * width * channels} values
   * @return the same array if nothing moves
   */
  public float[] move(float[] values, int channels, int width, int height, Edge edge) {
    if (isStill()) {
      return values;
    }
    double cos = Math.cos(Math.toRadians(rotate)) / zoom;
    double sin = Math.sin(Math.toRadians(rotate)) / zoom;
    double percent = Math.min(width, height) / 100.0;
    double middleX = (width - 1) / 2.0;
    double middleY = (height - 1) / 2.0;
    Lanczos across = new Lanczos(width, edge);
    Lanczos down = new Lanczos(height, edge);
    float[] moved = new float[values.length];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        double dx = column - middleX - x * percent;
        double dy = row - middleY - y * percent;
        across.at(middleX + cos * dx - sin * dy);
        down.at(middleY + sin * dx + cos * dy);
        int to = (row * width + column) * channels;
        for (int c = 0; c < channels; c++) {
          moved[to + c] = sum(values, channels, width, c, across, down);
        }
      }
    }
    return moved;
  }

  private static float sum(
      float[] values, int channels, int width, int channel, Lanczos across, Lanczos down) {
    float sum = 0;
    for (int i = 0; i < Lanczos.TAPS; i++) {
      int from = down.index[i] * width;
      float line = 0;
      for (int j = 0; j < Lanczos.TAPS; j++) {
        line += across.weight[j] * values[(from + across.index[j]) * channels + channel];
      }
      sum += down.weight[i] * line;
    }
    return sum;
  }

  /** The taps and weights of a position along one side. */
  private static final class Lanczos {

    private static final int REACH = 3;
    private static final int TAPS = 2 * REACH;
    private static final int PHASES = 1024;
    private static final float[][] WEIGHTS = new float[PHASES + 1][TAPS];

    static {
      for (int phase = 0; phase <= PHASES; phase++) {
        double sum = 0;
        double[] weight = new double[TAPS];
        for (int i = 0; i < TAPS; i++) {
          weight[i] = kernel(i - (REACH - 1) - (double) phase / PHASES);
          sum += weight[i];
        }
        for (int i = 0; i < TAPS; i++) {
          WEIGHTS[phase][i] = (float) (weight[i] / sum);
        }
      }
    }

    private final int side;
    private final Edge edge;
    private final int[] index = new int[TAPS];
    private final float[] weight = new float[TAPS];

    Lanczos(int side, Edge edge) {
      this.side = side;
      this.edge = edge;
    }

    private static double kernel(double at) {
      // sin(pi) is not exactly 0, but integer positions must be exact.
      if (at == Math.rint(at)) {
        return at == 0 ? 1 : 0;
      }
      double angle = Math.PI * at;
      return Math.abs(at) < REACH
          ? REACH * Math.sin(angle) * Math.sin(angle / REACH) / (angle * angle)
          : 0;
    }

    void at(double position) {
      double whole = Math.floor(position);
      float[] weights = WEIGHTS[(int) Math.round((position - whole) * PHASES)];
      for (int i = 0; i < TAPS; i++) {
        long tap = (long) whole + i - (REACH - 1);
        boolean inside = tap >= 0 && tap < side;
        index[i] = inside ? (int) tap : mirrored(tap);
        weight[i] = inside || edge == Edge.MIRRORED ? weights[i] : 0;
      }
    }

    private int mirrored(long tap) {
      if (side == 1) {
        return 0;
      }
      long folded = Math.abs(tap) % (2L * (side - 1));
      return (int) Math.min(folded, 2L * (side - 1) - folded);
    }
  }
}
