package io.reverie.video.icc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Profiles convert colours as published, and damaged ones are empty. */
class IccProfileTest {

  private static final IccProfile DISPLAY_P3 = GeneratedProfile.of(12, 13).orElseThrow();

  private static IccProfile ofJdk(int space) {
    return IccProfile.of(ICC_Profile.getInstance(space).getData()).orElseThrow();
  }

  /** CSS Color 4: sRGB's red is color(display-p3 0.9175 0.2003 0.1386). */
  @ParameterizedTest
  @CsvSource({
    "255, 0, 0, 0.9175, 0.2003, 0.1386",
    "0, 255, 0, 0.4584, 0.9853, 0.2983",
    "255, 255, 255, 1, 1, 1",
    "128, 128, 128, 0.50196, 0.50196, 0.50196"
  })
  void srgbBecomesDisplayP3(float r, float g, float b, double x, double y, double z) {
    float[] p3 = DISPLAY_P3.fromSrgb(new float[] {r, g, b});

    assertThat(p3[0]).isCloseTo((float) (255 * x), within(0.6f));
    assertThat(p3[1]).isCloseTo((float) (255 * y), within(0.6f));
    assertThat(p3[2]).isCloseTo((float) (255 * z), within(0.6f));
  }

  @Test
  void thereAndBackChangesLittle() {
    Random random = new Random(1);
    float[] srgb = new float[3000];
    for (int i = 0; i < srgb.length; i++) {
      srgb[i] = 255 * random.nextFloat();
    }

    float[] back = DISPLAY_P3.toSrgb(DISPLAY_P3.fromSrgb(srgb));

    for (int i = 0; i < srgb.length; i++) {
      assertThat(back[i]).isCloseTo(srgb[i], within(1f));
    }
  }

  @Test
  void srgbIsRecognised() {
    assertThat(ofJdk(ColorSpace.CS_sRGB).isSrgb()).isTrue();
    assertThat(DISPLAY_P3.isSrgb()).isFalse();
    assertThat(ofJdk(ColorSpace.CS_LINEAR_RGB).isSrgb()).isFalse();
    assertThat(GeneratedProfile.of(1, 13)).as("primaries and curve of sRGB").isEmpty();
    assertThat(GeneratedProfile.of(9, 16)).as("PQ has no such profile").isEmpty();
  }

  @Test
  void inkOfUsualPrintHasTheColoursOfPrint() {
    IccProfile print = IccProfile.usualCmyk();
    byte full = (byte) 255;
    byte[] ink = {0, 0, 0, 0, full, 0, 0, 0, 0, full, 0, 0, 0, 0, full, 0, 0, 0, 0, full};

    float[] rgb = print.cmykToSrgb(ink);

    assertThat(print.space()).isEqualTo(IccProfile.Space.CMYK);
    assertThat(rgb).startsWith(255, 255, 255);
    assertThat(rgb[3]).as("red of cyan").isLessThan(20);
    assertThat(rgb[5]).as("blue of cyan").isGreaterThan(220);
    assertThat(rgb[7]).as("green of magenta").isLessThan(60);
    assertThat(rgb[11]).as("blue of yellow").isLessThan(40);
    assertThat(rgb[12]).as("black").isBetween(15f, 60f);
    float[] sixteenBits = print.cmykToSrgb(new float[] {1, 0, 0, 0});
    assertThat(sixteenBits[1]).isCloseTo(rgb[4], within(1f));
  }

  @Test
  void greyFollowsItsCurve() {
    IccProfile linear = GeneratedProfile.grey(1).orElseThrow();

    float[] srgb = linear.toSrgb(new float[] {55, 55, 55});

    // 55 of 255 is 21.6 % of the light, which sRGB stores as 128.
    assertThat(srgb[0]).isCloseTo(128, within(1f));
    assertThat(linear.space()).isEqualTo(IccProfile.Space.GREY);
    assertThat(GeneratedProfile.grey(0)).isEmpty();
  }

  @Test
  void impossibleChromaticitiesMakeNoProfile() {
    double[] line = {0.1, 0.1, 0.2, 0.2, 0.3, 0.3, 0.31, 0.33};
    double[] zero = new double[8];
    double[] huge = {4e4, 1e-5, 4e4, 4e4, 1e-5, 4e4, 0.3, 0.3};

    assertThat(GeneratedProfile.of(Optional.of(line), 0)).isEmpty();
    assertThat(GeneratedProfile.of(Optional.of(zero), 0)).isEmpty();
    assertThat(GeneratedProfile.of(Optional.of(huge), 1e-9)).isNotNull();
  }

  @Test
  void damagedProfilesAreEmptyAndNeverThrow() {
    byte[] good = DISPLAY_P3.bytes();
    Random random = new Random(2);
    assertThat(IccProfile.of(new byte[0])).isEmpty();
    assertThat(IccProfile.of(Arrays.copyOf(good, 100))).isEmpty();
    for (int round = 0; round < 300; round++) {
      byte[] bad = good.clone();
      for (int k = 0; k < 6; k++) {
        bad[random.nextInt(400)] = (byte) random.nextInt();
      }
      IccProfile.of(bad)
          .filter(read -> read.space() == IccProfile.Space.RGB)
          .ifPresent(read -> assertThat(read.isSrgb() || read.isTwoWay()).isIn(true, false));
    }
  }
}
