package io.reverie.video.hdr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of both HDR curves. */
class LightCurveContractTest {

  /** A quarter of a step of 10 bits. */
  private static final double QUARTER_STEP = 0.25 / 1023;

  static Stream<LightCurve> curves() {
    return Stream.of(new PerceptualQuantiser(), new HybridLogGamma());
  }

  @Test
  void everyCurveIsCovered() {
    assertThat(curves().map(curve -> curve.getClass().getName()))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(LightCurve.class.getPermittedSubclasses()).map(Class::getName).toList());
  }

  private static double light(LightCurve curve, double signal) {
    double[] grey = {signal, signal, signal};
    curve.light(grey);
    assertThat(grey[1]).isCloseTo(grey[0], within(1e-9));
    assertThat(grey[2]).isCloseTo(grey[0], within(1e-9));
    return grey[0];
  }

  private static double signal(LightCurve curve, double light) {
    double[] grey = {light, light, light};
    curve.signal(grey);
    return grey[0];
  }

  /** ITU-R BT.2408, table 1: signals of grey cards and of reference white. */
  @ParameterizedTest
  @CsvSource({"26, 0.38, 0.38", "162, 0.56, 0.71", "203, 0.58, 0.75"})
  void publishedLevelsAreMet(double light, double pq, double hlg) {
    assertThat(signal(new PerceptualQuantiser(), light)).isCloseTo(pq, within(0.006));
    assertThat(signal(new HybridLogGamma(), light)).isCloseTo(hlg, within(0.006));
  }

  @ParameterizedTest
  @MethodSource("curves")
  void theEndsAreBlackAndThePeak(LightCurve curve) {
    assertThat(light(curve, 0)).isCloseTo(0, within(1e-6));
    double peak = curve instanceof PerceptualQuantiser ? 10_000 : 1000;
    assertThat(light(curve, 1)).isCloseTo(peak, within(1e-3 * peak));
    assertThat(signal(curve, 0)).isCloseTo(0, within(1e-6));
    assertThat(signal(curve, peak)).isCloseTo(1, within(1e-6));
  }

  @ParameterizedTest
  @MethodSource("curves")
  void aSignalSurvivesTheWayToLightAndBack(LightCurve curve) {
    for (int code = 0; code <= 1023; code++) {
      double[] rgb = {code / 1023.0, (1023 - code) / 1023.0, 0.3};
      double[] back = rgb.clone();
      curve.light(back);
      curve.signal(back);
      assertThat(back).containsExactly(rgb, within(QUARTER_STEP));
    }
  }

  @ParameterizedTest
  @MethodSource("curves")
  void lightGrowsWithTheSignal(LightCurve curve) {
    for (int code = 1; code <= 1023; code++) {
      assertThat(light(curve, code / 1023.0)).isGreaterThan(light(curve, (code - 1) / 1023.0));
    }
  }

  @ParameterizedTest
  @MethodSource("curves")
  void lightThatNoSignalHasIsClipped(LightCurve curve) {
    assertThat(signal(curve, -5)).isEqualTo(signal(curve, 0));
    assertThat(signal(curve, 1e6)).isCloseTo(1, within(1e-6));
  }
}
