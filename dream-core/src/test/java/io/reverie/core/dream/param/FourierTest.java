package io.reverie.core.dream.param;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.dream.image.RowBlocks;
import io.reverie.core.engine.Torch;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares with the definition in float64: sums over all frequencies and Adam's two means. */
class FourierTest {

  private int height;
  private int width;
  private int size;

  /** Lucid's square root of the covariance of natural colours. */
  private static final double[][] COLOUR = {
    {0.26, 0.09, 0.02}, {0.27, 0.00, -0.05}, {0.27, -0.09, 0.03}
  };

  private double[][] mean = {};
  private double[][] square = {};

  private interface Transform {
    Spectrum of(Shape image, NDManager scope);
  }

  private void sides(int rows, int columns) {
    height = rows;
    width = columns;
    size = height * width * 3;
    mean = new double[2][size];
    square = new double[2][size];
  }

  @ParameterizedTest
  @CsvSource({"4, 6", "5, 7", "7, 4", "2, 5", "1, 8", "8, 1"})
  void twoStepsEqualAdamInTheFullSpectrum(int rows, int columns) {
    sides(rows, columns);
    twoSteps((image, scope) -> new FullSpectrum(image, new RowBlocks(1), scope));
  }

  @ParameterizedTest
  @CsvSource({"4, 6", "5, 7", "7, 4", "2, 5", "1, 8", "8, 1"})
  void twoStepsEqualAdamInHalfTheSpectrum(int rows, int columns) {
    sides(rows, columns);
    twoSteps((image, scope) -> new HalfSpectrum(image, new RowBlocks(1), scope));
  }

  private void twoSteps(Transform transform) {
    Torch.useOneThread();
    try (NDManager scope = Torch.newManager(Device.cpu())) {
      NDArray start = tensor(scope, values(0, 5, 250));
      Spectrum spectrum = transform.of(start.getShape(), scope);
      Fourier fourier = new Fourier(start, spectrum, scope);
      for (int step = 1; step <= 2; step++) {
        double[] image = values(step, 5, 250);
        double[] g = values(10 + step, -2, 2);
        NDArray direction = tensor(scope, g);
        fourier.direct(tensor(scope, image), direction);
        assertThat(direction.toFloatArray())
            .containsExactly(floats(expected(image, g, step)), offset(1e-3f));
      }
    }
  }

  private double[] expected(double[] image, double[] g, int step) {
    double[] slope = new double[size];
    double[] seen = new double[size];
    for (int i = 0; i < size; i++) {
      double share = image[i] / 255;
      slope[i] = Math.max(0.05, 4 * share * (1 - share));
      seen[i] = g[i] * slope[i];
    }
    double[][] ascent = new double[2][];
    double[][] spectrum = transform(mixed(seen, true), new double[size], -1);
    for (int part = 0; part < 2; part++) {
      ascent[part] = scaled(adam(part, scaled(spectrum[part]), step));
    }
    double[] change = mixed(transform(ascent[0], ascent[1], 1)[0], false);
    for (int i = 0; i < size; i++) {
      change[i] *= slope[i] / (height * width);
    }
    return change;
  }

  private double[] adam(int part, double[] z, int step) {
    double[] ascent = new double[size];
    for (int i = 0; i < size; i++) {
      mean[part][i] = 0.9 * mean[part][i] + 0.1 * z[i];
      square[part][i] = 0.999 * square[part][i] + 0.001 * z[i] * z[i];
      double length = Math.sqrt(square[part][i] / (1 - Math.pow(0.999, step)));
      ascent[i] = mean[part][i] / (1 - Math.pow(0.9, step)) / (length + 1e-8);
    }
    return ascent;
  }

  /** Multiplies each pixel's colours by the matrix or its transpose. */
  private double[] mixed(double[] rgb, boolean decorrelate) {
    double[] mixed = new double[size];
    for (int i = 0; i < size; i++) {
      for (int c = 0; c < 3; c++) {
        double share = decorrelate ? COLOUR[c][i % 3] : COLOUR[i % 3][c];
        mixed[i] += share * rgb[i - i % 3 + c];
      }
    }
    return mixed;
  }

  /** Divides by the frequency. */
  private double[] scaled(double[] spectrum) {
    double[] scaled = new double[size];
    for (int i = 0; i < size; i++) {
      int row = i / 3 / width;
      int column = i / 3 % width;
      double down = (double) Math.min(row, height - row) / height;
      double across = (double) Math.min(column, width - column) / width;
      scaled[i] = spectrum[i] / Math.max(1.0 / Math.max(height, width), Math.hypot(down, across));
    }
    return scaled;
  }

  /** Returns the unnormalised Fourier sums, real and imaginary part. */
  private double[][] transform(double[] real, double[] imaginary, int sign) {
    double[][] sums = new double[2][size];
    for (int to = 0; to < size; to++) {
      for (int from = to % 3; from < size; from += 3) {
        int rows = (to / 3 / width) * (from / 3 / width);
        int columns = (to / 3 % width) * (from / 3 % width);
        double angle = sign * 2 * Math.PI * ((double) rows / height + (double) columns / width);
        sums[0][to] += real[from] * Math.cos(angle) - imaginary[from] * Math.sin(angle);
        sums[1][to] += real[from] * Math.sin(angle) + imaginary[from] * Math.cos(angle);
      }
    }
    return sums;
  }

  private double[] values(long seed, double least, double most) {
    return new SplittableRandom(seed).doubles(size, least, most).toArray();
  }

  private NDArray tensor(NDManager scope, double[] values) {
    return scope.create(floats(values), new Shape(1, height, width, 3));
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
