package io.reverie.video;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramePatternTest {

  @Test
  void numbersArePaddedWithZeros() {
    assertThat(new FramePattern("f%05d.png").name(12)).isEqualTo("f00012.png");
    assertThat(new FramePattern("f%d x.jpg").name(12)).isEqualTo("f12 x.jpg");
    assertThat(new FramePattern("%03d.png").name(1234)).isEqualTo("1234.png");
  }

  @Test
  void numbersAreParsedWithAnyCountOfDigits() {
    FramePattern pattern = new FramePattern("f%03d.png");
    assertThat(pattern.number("f9.png")).hasValue(9);
    assertThat(pattern.number("f0100.png")).hasValue(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"f.png", "g1.png", "f1.jpg", "f1.png.part", "xf1.png"})
  void otherFileNamesHaveNoNumber(String name) {
    assertThat(new FramePattern("f%d.png").number(name)).isEmpty();
  }

  @Test
  void aPercentSignAloneIsNotAPattern() {
    assertThat(FramePattern.isPattern("50%d.png")).isTrue();
    assertThat(FramePattern.isPattern("50%.png")).isFalse();
    assertThat(FramePattern.isPattern("take%02d.mp4")).isFalse();
    assertThat(FramePattern.isPattern("take%02d.MOV")).isFalse();
    assertThat(FramePattern.isPattern("take%02d.tiff")).isTrue();
  }
}
