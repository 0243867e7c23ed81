package io.reverie.video.motion;

/** Known global motions of an image of 160 x 120 px about its centre. */
enum Movement {
  SHIFT(2.3, -1.6, 1, 0),
  LARGE_SHIFT(7.5, 4.25, 1, 0),
  ZOOM(0, 0, 1.04, 0),
  ROTATION(0, 0, 1, 2);

  static final int WIDTH = 160;
  static final int HEIGHT = 120;

  private final double right;
  private final double down;
  private final double zoom;
  private final double degrees;

  Movement(double right, double down, double zoom, double degrees) {
    this.right = right;
    this.down = down;
    this.zoom = zoom;
    this.degrees = degrees;
  }

  /** Returns the previous position of a point. */
  double[] before(double x, double y) {
    double dx = x - (WIDTH - 1) / 2.0 - right;
    double dy = y - (HEIGHT - 1) / 2.0 - down;
    double cos = Math.cos(Math.toRadians(degrees)) / zoom;
    double sin = Math.sin(Math.toRadians(degrees)) / zoom;
    return new double[] {
      (WIDTH - 1) / 2.0 + cos * dx + sin * dy, (HEIGHT - 1) / 2.0 - sin * dx + cos * dy
    };
  }

  static double[] still(double x, double y) {
    return new double[] {x, y};
  }

  GreyImage earlier(Texture texture) {
    return texture.grey(WIDTH, HEIGHT, Movement::still);
  }

  GreyImage later(Texture texture) {
    return texture.grey(WIDTH, HEIGHT, this::before);
  }

  /** Returns the flow from the later image to the earlier one. */
  FlowField backward() {
    float[] xy = new float[WIDTH * HEIGHT * 2];
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      int row = i / WIDTH;
      int column = i - row * WIDTH;
      double[] from = before(column, row);
      xy[2 * i] = (float) (from[0] - column);
      xy[2 * i + 1] = (float) (from[1] - row);
    }
    return new FlowField(WIDTH, HEIGHT, xy);
  }

  /** Returns the mean distance between a flow and this motion, where both images show the same. */
  double endPointError(FlowField flow) {
    FlowField truth = backward();
    double sum = 0;
    int count = 0;
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      if (inside(i, 0)) {
        sum +=
            Math.hypot(
                flow.xy()[2 * i] - truth.xy()[2 * i], flow.xy()[2 * i + 1] - truth.xy()[2 * i + 1]);
        count++;
      }
    }
    return sum / count;
  }

  /** Returns whether a pixel was in the earlier image, at least the margin away from its edge. */
  boolean inside(int pixel, double margin) {
    int row = pixel / WIDTH;
    double[] from = before(pixel - row * WIDTH, row);
    return from[0] >= margin
        && from[0] <= WIDTH - 1 - margin
        && from[1] >= margin
        && from[1] <= HEIGHT - 1 - margin;
  }
}
