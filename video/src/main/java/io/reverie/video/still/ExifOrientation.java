package io.reverie.video.still;

import static org.bytedeco.opencv.global.opencv_core.NORM_INF;
import static org.bytedeco.opencv.global.opencv_core.flip;
import static org.bytedeco.opencv.global.opencv_core.norm;
import static org.bytedeco.opencv.global.opencv_core.transpose;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGRA2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Finds the orientation of an image with alpha among the eight of EXIF. OpenCV applies EXIF
 * orientation only when it drops the alpha channel, so the orientation is found by comparison.
 */
final class ExifOrientation {

  private static final int BOTH = -1;

  private ExifOrientation() {}

  /** Returns the image with alpha in the orientation of the upright one. */
  static Mat turnedLike(Mat withAlpha, Mat upright) {
    for (int transposed = 0; transposed < 2; transposed++) {
      Mat base = withAlpha;
      if (transposed == 1) {
        base = new Mat();
        transpose(withAlpha, base);
      }
      for (int axis = -2; axis <= 1; axis++) {
        Mat turned = flipped(base, axis);
        if (sameColours(turned, upright)) {
          return turned;
        }
      }
    }
    return withAlpha;
  }

  /** Flips an image; axes are OpenCV's (0, 1, -1 for both), and -2 means no flip. */
  private static Mat flipped(Mat image, int axis) {
    if (axis < BOTH) {
      return image;
    }
    Mat flipped = new Mat();
    flip(image, flipped, axis);
    return flipped;
  }

  private static boolean sameColours(Mat withAlpha, Mat plain) {
    if (withAlpha.rows() != plain.rows() || withAlpha.cols() != plain.cols()) {
      return false;
    }
    Mat colours = new Mat();
    cvtColor(withAlpha, colours, COLOR_BGRA2BGR);
    return colours.type() == plain.type() && norm(colours, plain, NORM_INF, new Mat()) == 0;
  }
}
