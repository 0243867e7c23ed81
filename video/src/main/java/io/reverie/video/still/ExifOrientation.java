package io.reverie.video.still;

import static org.bytedeco.opencv.global.opencv_core.NORM_INF;
import static org.bytedeco.opencv.global.opencv_core.flip;
import static org.bytedeco.opencv.global.opencv_core.norm;
import static org.bytedeco.opencv.global.opencv_core.transpose;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGRA2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import org.bytedeco.opencv.opencv_core.Mat;

/**
 * The eight ways to lay a picture. OpenCV turns a picture as its EXIF says only when it drops the
 * transparency; so the way is found by comparison.
 */
final class ExifOrientation {

  private static final int BOTH = -1;

  private ExifOrientation() {}

  /** The picture with its alpha, laid as the one without. */
  static Mat like(Mat withAlpha, Mat upright) {
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

  /** Axis 0 and 1 as OpenCV's, -1 for both, -2 for none. */
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
