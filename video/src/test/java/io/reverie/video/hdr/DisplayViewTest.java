package io.reverie.video.hdr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reverie.video.Colour;
import io.reverie.video.Frame;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayViewTest {

  private static final int BT2020 = 9;

  private static DisplayView view(int transfer) {
    return DisplayView.of(new Colour(BT2020, transfer, BT2020, 1, 0));
  }

  private static Frame frame(float... rgb) {
    return new Frame(rgb.length / 3, 1, rgb, Optional.empty(), 0, false);
  }

  private static Frame grey(double signal) {
    float value = (float) (255 * signal);
    return frame(value, value, value);
  }

  /** ITU-R BT.2100's formula, independent of the tables. */
  private static double pq(double nits) {
    double y = Math.pow(nits / 10_000, 2610.0 / 16384);
    double c2 = 2413.0 / 128;
    double c3 = 2392.0 / 128;
    return Math.pow((3424.0 / 4096 + c2 * y) / (1 + c3 * y), 2523.0 / 32);
  }

  private static double nits(double signal) {
    double p = Math.pow(signal, 32 / 2523.0);
    double y = Math.max(0, p - 3424.0 / 4096) / (2413.0 / 128 - 2392.0 / 128 * p);
    return 10_000 * Math.pow(y, 16384 / 2610.0);
  }

  /** Light in cd/m2 after a change of what is shown, in grey levels. */
  private static double changed(double nits, double levels) {
    Frame source = grey(pq(nits));
    Frame shown = view(Colour.PQ).shown(source);
    float level = (float) Math.max(0, Math.min(255, shown.rgb()[0] + levels));
    Frame result = view(Colour.PQ).restored(source, shown, new float[] {level, level, level});
    return nits(result.rgb()[1] / 255);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 27.9", // 255 (1/203)^(1/2.4)
    "100, 189.8",
    "203, 223.1", // reference white: 0.75 + 0.25 / 2
    "1000, 243.9",
    "10000, 251.5"
  })
  void aStandardDisplayShowsLightUpToItsWhite(double nits, double expected) {
    assertThat(view(Colour.PQ).shown(grey(pq(nits))).rgb()[0])
        .isCloseTo((float) expected, within(0.1f));
  }

  @Test
  void hybridLogGammaHasReferenceWhiteAtThreeQuarters() {
    assertThat(view(Colour.HLG).shown(grey(0.75)).rgb()[0]).isCloseTo(223.1f, within(0.2f));
    assertThat(view(Colour.HLG).shown(grey(1)).rgb()[0]).isCloseTo(243.9f, within(0.2f));
  }

  @ParameterizedTest
  @ValueSource(ints = {Colour.PQ, Colour.HLG})
  void unchangedFramesAreRestoredBitForBit(int transfer) {
    Random random = new Random(1);
    float[] rgb = new float[3000];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = random.nextInt(65536) / 257f;
    }
    Frame source = frame(rgb);
    Frame shown = view(transfer).shown(source);
    Frame restored = view(transfer).restored(source, shown, shown.rgb().clone());
    assertThat(restored.rgb()).containsExactly(rgb);
  }

  @ParameterizedTest
  @ValueSource(ints = {Colour.PQ, Colour.HLG})
  void whatIsRestoredShowsTheChange(int transfer) {
    Random random = new Random(2);
    DisplayView view = view(transfer);
    for (int n = 0; n < 1000; n++) {
      // Colours that BT.709 contains, below the knee.
      float base = 60 + random.nextFloat() * 60;
      Frame source = frame(base, base + 3 * random.nextFloat(), base + 3 * random.nextFloat());
      Frame shown = view.shown(source);
      float[] changed = shown.rgb().clone();
      for (int c = 0; c < 3; c++) {
        changed[c] += 30 * random.nextFloat() - 15;
      }
      float[] expected = changed.clone();
      Frame result = view.restored(source, shown, changed);
      float[] seen = view.shown(result).rgb();
      for (int c = 0; c < 3; c++) {
        if (expected[c] < 190) {
          assertThat(seen[c]).isCloseTo(expected[c], within(0.1f));
        }
      }
    }
  }

  @Test
  void aChangeIsAsVisibleInHighlightsAsInWhite() {
    // 10 levels at code 1, and the same ratio of what is shown far above.
    assertThat(changed(203, 10) / 203).isCloseTo(1.11, within(0.01));
    assertThat(changed(1000, 10) / 1000).isCloseTo(1.10, within(0.01));
    assertThat(changed(1000, -10) / 1000).isCloseTo(0.905, within(0.01));
  }

  @Test
  void noChangeBlowsHighlightsUp() {
    assertThat(changed(1000, 255)).isLessThan(1150);
    assertThat(changed(4000, 255)).isLessThan(4300);
    assertThat(changed(0, 255)).isLessThan(204);
  }

  @Test
  void shadowsKeepTheirLightWithinWhatTheLevelsShow() {
    // One level above black is (1/255)^2.4 of white, on any display.
    assertThat(changed(0, 1)).isCloseTo(3.4e-4, within(2e-5));
    assertThat(changed(0.01, 2)).isCloseTo(0.026, within(0.001));
    assertThat(changed(1, -255)).isLessThan(1e-4);
  }

  @Test
  void coloursOutsideTheStandardGamutStayOutside() {
    // Pure green of BT.2020 at 100 cd/m2.
    Frame source = frame(0, (float) (255 * pq(100)), 0);
    Frame shown = view(Colour.PQ).shown(source);
    assertThat(shown.rgb()[0]).isZero();
    float[] changed = shown.rgb().clone();
    changed[1] -= 5;
    float[] result = view(Colour.PQ).restored(source, shown, changed).rgb();
    assertThat(result[0]).isLessThan(60);
    assertThat(result[1]).isBetween(255 * (float) pq(80), 255 * (float) pq(100));
  }

  @Test
  void standardFramesAreShownAsTheyAre() {
    DisplayView view = DisplayView.of(Colour.UNSPECIFIED);
    Frame source = frame(1, 2, 3);
    assertThat(view.shown(source)).isSameAs(source);
    float[] changed = {4, 5, 6};
    assertThat(view.restored(source, source, changed).rgb()).containsExactly(4, 5, 6);
  }
}
