package io.reverie.video.motion;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REPLICATE;
import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_imgproc.GaussianBlur;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.reverie.video.opencv.OpenCv;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** Converts between arrays and OpenCV matrices and applies OpenCV functions to whole planes. */
final class PlaneMats {

  static {
    OpenCv.ready();
  }

  private PlaneMats() {}

  /** Loads OpenCV and limits it to one thread. */
  static void ready() {}

  /** Creates a float matrix; the caller's scope frees it. */
  static Mat of(float[] values, int channels, int width, int height) {
    return new Mat(height, width, type(channels), new FloatPointer(values));
  }

  static Mat of(GreyImage grey) {
    return new Mat(grey.height(), grey.width(), CV_8U, new BytePointer(grey.levels()));
  }

  static float[] floats(Mat image) {
    float[] values = new float[image.rows() * image.cols() * image.channels()];
    new FloatPointer(image.data()).get(values);
    return values;
  }

  private static int type(int channels) {
    return CV_32F + ((channels - 1) << 3);
  }

  static GreyImage scaled(GreyImage grey, double factor) {
    int width = (int) Math.max(1, Math.round(grey.width() * factor));
    int height = (int) Math.max(1, Math.round(grey.height() * factor));
    try (PointerScope scope = new PointerScope()) {
      Mat to = new Mat();
      resize(of(grey), to, new Size(width, height), 0, 0, INTER_AREA);
      byte[] levels = new byte[width * height];
      to.data().get(levels);
      return new GreyImage(width, height, levels);
    }
  }

  /** Resizes bilinearly with half-pixel centres. */
  static float[] scaled(
      float[] values, int channels, int width, int height, int toWidth, int toHeight) {
    try (PointerScope scope = new PointerScope()) {
      Mat to = new Mat();
      Mat from = of(values, channels, width, height);
      resize(from, to, new Size(toWidth, toHeight), 0, 0, INTER_LINEAR);
      return floats(to);
    }
  }

  /** Blurs one plane; pixels outside repeat the border. */
  static float[] blurred(float[] plane, int width, int height, double sigma) {
    try (PointerScope scope = new PointerScope()) {
      Mat to = new Mat();
      Mat from = of(plane, 1, width, height);
      GaussianBlur(from, to, new Size(0, 0), sigma, sigma, BORDER_REPLICATE, 0);
      return floats(to);
    }
  }
}
