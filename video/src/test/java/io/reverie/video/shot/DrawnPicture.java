package io.reverie.video.shot;

import io.reverie.video.Frame;
import io.reverie.video.MediaSource;
import io.reverie.video.still.Stills;
import java.nio.file.Path;
import java.util.Optional;

/** A large image that a virtual camera views. */
final class DrawnPicture {

  static final DrawnPicture LAKE = new DrawnPicture("lake.jpg");
  static final DrawnPicture FOREST = new DrawnPicture("forest.jpg");
  static final DrawnPicture CLOUDS = new DrawnPicture("clouds.png");

  static final int WIDTH = 160;
  static final int HEIGHT = 90;

  private final Frame whole;

  private DrawnPicture(String file) {
    whole = Stills.read(MediaSource.of(Path.of("../video/src/test/media", file))).frame();
  }

  /**
   * Returns the camera's view; at zoom 1 pixels of the image and the view have equal size.
   *
   * @param x column of the view's centre
   * @param y row of the view's centre
   * @param angle in degrees
   */
  Frame view(double x, double y, double zoom, double angle) {
    float[] rgb = new float[WIDTH * HEIGHT * 3];
    double cos = Math.cos(Math.toRadians(angle)) / zoom;
    double sin = Math.sin(Math.toRadians(angle)) / zoom;
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      double right = i % WIDTH - WIDTH / 2.0;
      int row = i / WIDTH;
      double down = row - HEIGHT / 2.0;
      for (int c = 0; c < 3; c++) {
        rgb[i * 3 + c] = at(x + cos * right - sin * down, y + sin * right + cos * down, c);
      }
    }
    return new Frame(WIDTH, HEIGHT, rgb, Optional.empty(), 0, false);
  }

  private float at(double x, double y, int component) {
    double column = Math.max(0, Math.min(whole.width() - 1.001, x));
    double row = Math.max(0, Math.min(whole.height() - 1.001, y));
    int left = (int) column;
    int top = (int) row;
    double right = column - left;
    double down = row - top;
    double above = value(left, top, component) * (1 - right);
    above += value(left + 1, top, component) * right;
    double below = value(left, top + 1, component) * (1 - right);
    below += value(left + 1, top + 1, component) * right;
    return (float) (above * (1 - down) + below * down);
  }

  private float value(int x, int y, int component) {
    return whole.rgb()[(y * whole.width() + x) * 3 + component];
  }
}
