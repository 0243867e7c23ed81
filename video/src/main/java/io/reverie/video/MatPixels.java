package io.reverie.video;

import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;

import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Between OpenCV's images, whose colours stand as BGR, and frames. */
final class MatPixels {

  private MatPixels() {}

  /**
   * Copies an image out.
   *
   * @param unit what is 1 of 255
   */
  static Frame read(Mat image, float unit) {
    int channels = image.channels();
    Mat floats = new Mat();
    image.convertTo(floats, Stills.floatType(channels), 1.0 / unit, 0);
    int count = image.rows() * image.cols();
    float[] values = new float[count * channels];
    new FloatPointer(floats.data()).get(values);
    float[] rgb = new float[count * 3];
    float[] alpha = new float[channels == 4 ? count : 0];
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < 3; c++) {
        rgb[i * 3 + c] = values[i * channels + (channels == 1 ? 0 : 2 - c)];
      }
      if (channels == 4) {
        alpha[i] = values[i * 4 + 3];
      }
    }
    Optional<float[]> opacity = channels == 4 ? Optional.of(alpha) : Optional.empty();
    return new Frame(image.cols(), image.rows(), rgb, opacity, 0, false);
  }

  /** An image of 8 or 16 bits; the caller's scope frees it. */
  static Mat write(Frame frame, Optional<float[]> alpha, boolean deep) {
    int channels = alpha.isPresent() ? 4 : 3;
    float[] values = new float[frame.width() * frame.height() * channels];
    for (int i = 0; i < frame.width() * frame.height(); i++) {
      for (int c = 0; c < 3; c++) {
        values[i * channels + c] = frame.rgb()[i * 3 + 2 - c];
      }
      if (channels == 4) {
        values[i * channels + 3] = alpha.get()[i];
      }
    }
    Mat image = new Mat();
    int depth = deep ? CV_16U : CV_8U;
    floats(values, frame.height(), frame.width(), channels)
        .convertTo(image, depth + ((channels - 1) << 3), deep ? 257 : 1, 0);
    return image;
  }

  static Mat floats(float[] values, int rows, int columns, int channels) {
    return new Mat(rows, columns, Stills.floatType(channels), new FloatPointer(values));
  }
}
