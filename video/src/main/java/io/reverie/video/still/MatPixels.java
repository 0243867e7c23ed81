package io.reverie.video.still;

import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;

import io.reverie.video.Frame;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;

/** Converts between OpenCV's BGR matrices and frames. */
final class MatPixels {

  private MatPixels() {}

  /** Rows converted at a time, which avoids a second float copy of the whole image. */
  private static final int STRIP = 64;

  /**
   * Converts a matrix.
   *
   * @param unit the matrix value per grey level: 1 for 8 bits, 257 for 16
   */
  static Frame read(Mat image, float unit) {
    int channels = image.channels();
    int count = image.rows() * image.cols();
    float[] rgb = new float[count * 3];
    float[] alpha = new float[channels == 4 ? count : 0];
    float[] values = new float[STRIP * image.cols() * channels];
    for (int row = 0; row < image.rows(); row += STRIP) {
      int end = Math.min(image.rows(), row + STRIP);
      int pixels = (end - row) * image.cols();
      int begin = row * image.cols();
      try (PointerScope scope = new PointerScope()) {
        Mat floats = new Mat();
        image.rowRange(row, end).convertTo(floats, Stills.floatType(channels), 1.0 / unit, 0);
        new FloatPointer(floats.data()).get(values, 0, pixels * channels);
      }
      for (int i = 0; i < pixels; i++) {
        for (int c = 0; c < 3; c++) {
          rgb[(begin + i) * 3 + c] = values[i * channels + (channels == 1 ? 0 : 2 - c)];
        }
        if (channels == 4) {
          alpha[begin + i] = values[i * 4 + 3];
        }
      }
    }
    Optional<float[]> opacity = channels == 4 ? Optional.of(alpha) : Optional.empty();
    return new Frame(image.cols(), image.rows(), rgb, opacity, 0, false);
  }

  /** Creates a matrix; the caller's scope frees it. */
  static Mat write(Still still) {
    Frame frame = still.frame();
    boolean grey = still.grey();
    Optional<float[]> alpha = frame.alpha();
    int channels = grey ? 1 : alpha.isPresent() ? 4 : 3;
    int depth = still.bitDepth() > 16 ? CV_32F : still.bitDepth() > 8 ? CV_16U : CV_8U;
    double unit = depth == CV_32F ? 1 / 255.0 : depth == CV_16U ? 257 : 1;
    Mat image = new Mat(frame.height(), frame.width(), depth + ((channels - 1) << 3));
    for (int row = 0; row < frame.height(); row += STRIP) {
      int end = Math.min(frame.height(), row + STRIP);
      float[] values = grey ? grey(frame, row, end) : bgr(frame, alpha, row, end);
      try (PointerScope scope = new PointerScope()) {
        floats(values, end - row, frame.width(), channels)
            .convertTo(image.rowRange(row, end), image.type(), unit, 0);
      }
    }
    return image;
  }

  private static float[] grey(Frame frame, int from, int to) {
    float[] values = new float[(to - from) * frame.width()];
    for (int i = 0; i < values.length; i++) {
      values[i] = frame.rgb()[(from * frame.width() + i) * 3];
    }
    return values;
  }

  private static float[] bgr(Frame frame, Optional<float[]> alpha, int from, int to) {
    int channels = alpha.isPresent() ? 4 : 3;
    int begin = from * frame.width();
    float[] values = new float[(to - from) * frame.width() * channels];
    for (int i = 0; i < (to - from) * frame.width(); i++) {
      for (int c = 0; c < 3; c++) {
        values[i * channels + c] = frame.rgb()[(begin + i) * 3 + 2 - c];
      }
      if (channels == 4) {
        values[i * channels + 3] = alpha.get()[begin + i];
      }
    }
    return values;
  }

  static Mat floats(float[] values, int rows, int columns, int channels) {
    return new Mat(rows, columns, Stills.floatType(channels), new FloatPointer(values));
  }
}
