package io.reverie.core.dream.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reverie.core.Image;
import io.reverie.core.Size;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResidualTest {

  private static final Size ONE = new Size(1, 1);

  @Test
  void addingAResidualClipsTheImage() {
    Residual residual = new Residual(ONE, new float[] {-60, 10, 60});
    Image source = new Image(ONE, new float[] {50, 100, 200});
    assertThat(residual.addTo(source, 1).rgb()).containsExactly(0, 110, 255);
  }

  @Test
  void strengthScalesTheResidual() {
    Residual residual = new Residual(ONE, new float[] {-60, 10, 60});
    Image source = new Image(ONE, new float[] {50, 100, 100});
    assertThat(residual.addTo(source, 0.5).rgb()).containsExactly(20, 105, 130);
    assertThat(residual.addTo(source, 2).rgb()).containsExactly(0, 120, 220);
    assertThat(residual.addTo(source, 0).rgb()).isEqualTo(source.rgb());
  }

  @Test
  void aResidualIsTheDreamMinusTheSource() {
    Image source = new Image(ONE, new float[] {50, 100, 200});
    Image dream = new Image(ONE, new float[] {20, 100, 255});
    Residual residual = Residual.between(source, dream);
    assertThat(residual.size()).isEqualTo(ONE);
    assertThat(residual.rgb()).containsExactly(-30, 0, 55);
    assertThat(residual.addTo(source, 1).rgb()).isEqualTo(dream.rgb());
  }

  @Test
  void theStrengthIsTheMeanMagnitude() {
    assertThat(new Residual(ONE, new float[] {-30, 0, 60}).meanAbs()).isEqualTo(30);
    assertThat(new Residual(ONE, new float[3]).meanAbs()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"90, 120", "45, 60", "61, 64", "24, 32"})
  void resamplingKeepsTheStrength(int height, int width) {
    Residual residual = waves();
    Size size = new Size(width, height);
    float[] grey = new float[height * width * 3];
    Arrays.fill(grey, 128);
    Image source = new Image(size, grey);
    Image over = residual.addTo(source, 1);
    assertThat(over.size()).isEqualTo(size);
    double strength = Residual.between(source, over).meanAbs();
    assertThat(strength).isCloseTo(residual.meanAbs(), within(0.05 * residual.meanAbs()));
  }

  @Test
  void aWrongNumberOfValuesIsRejected() {
    assertThatThrownBy(() -> new Residual(new Size(3, 2), new float[17]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a residual of 3x2 px cannot have 17 values");
  }

  private static Residual waves() {
    Size size = new Size(64, 48);
    float[] rgb = new float[48 * 64 * 3];
    for (int i = 0; i < rgb.length; i++) {
      int row = i / 3 / 64;
      int column = i / 3 % 64;
      rgb[i] = (float) (40 * Math.sin(row / 4.0 + i % 3) * Math.cos(column / 5.0));
    }
    return new Residual(size, rgb);
  }
}
