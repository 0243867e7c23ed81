package io.reverie.core.dream.param;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.dream.image.RowBlocks;
import io.reverie.core.engine.TensorTest;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The half spectrum in blocks equals the full one of the whole image. */
class SpectrumTest extends TensorTest {

  private static final int STEPS = 5;

  /** As a share of the mean change. */
  private static final double MEAN_TOLERANCE = 1e-5;

  private static final double LARGEST_TOLERANCE = 1e-3;

  @ParameterizedTest
  @CsvSource({"300, 200", "257, 131", "40, 999", "1000, 31"})
  void stepsInHalfTheSpectrumEqualThoseInTheFull(int height, int width) {
    Shape shape = new Shape(1, height, width, 3);
    NDArray image = scope.create(values(0, shape, 5, 250), shape);
    RowBlocks blocks = new RowBlocks(7L * Math.max(height, width));
    Fourier full = new Fourier(image, new FullSpectrum(shape, RowBlocks.WHOLE, scope), scope);
    Fourier half = new Fourier(image, new HalfSpectrum(shape, blocks, scope), scope);
    for (int step = 1; step <= STEPS; step++) {
      float[] g = values(step, shape, -2, 2);
      NDArray expected = scope.create(g, shape);
      NDArray change = scope.create(g, shape);
      full.direct(image, expected);
      half.direct(image, change);
      double mean = expected.abs().mean().getFloat();
      NDArray difference = change.sub(expected).abs();
      assertThat(mean).isPositive();
      assertThat(difference.mean().getFloat() / mean).isLessThan(MEAN_TOLERANCE);
      assertThat(difference.max().getFloat() / mean).isLessThan(LARGEST_TOLERANCE);
    }
  }

  @Test
  void imagesUpToFullHdKeepTheFullSpectrum() {
    assertThat(spectrum(1080, 1920)).isInstanceOf(FullSpectrum.class);
    assertThat(spectrum(1, 2_200_000)).isInstanceOf(HalfSpectrum.class);
    assertThat(spectrum(2160, 3840)).isInstanceOf(HalfSpectrum.class);
  }

  private Spectrum spectrum(long height, long width) {
    return Spectrum.of(new Shape(1, height, width, 3), RowBlocks.SMALL, scope);
  }

  private static float[] values(long seed, Shape shape, double least, double most) {
    float[] values = new float[Math.toIntExact(shape.size())];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(least, most);
    }
    return values;
  }
}
