package io.reverie.jobs.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.core.Size;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {

  @ParameterizedTest
  @CsvSource({
    "auto, 1280, 720",
    "640x, 640, 360",
    "x180, 320, 180",
    "100x50, 100, 50",
    "641x, 641, 361"
  })
  void aSizeKeepsTheRatioWhereOneSideIsOpen(String text, int width, int height) {
    assertThat(new SizeRule(text).of(new Size(720, 1280))).isEqualTo(new Size(height, width));
  }

  @ParameterizedTest
  @CsvSource({"12.5, 12.5", "90, 90", "01:30, 90", "00:01:30.25, 90.25", "1:00:00, 3600"})
  void aTimeIsSecondsOrAClock(String text, double seconds) {
    assertThat(new TimeRule(text).seconds()).hasValue(seconds);
  }

  @ParameterizedTest
  @CsvSource({"8M, 8000000", "500k, 500000", "1.5M, 1500000", "64000, 64000"})
  void aBitrateHasAUnit(String text, long bits) {
    assertThat(video("video.bitrate=" + text).bitsPerSecond()).hasValue(bits);
  }

  @ParameterizedTest
  @CsvSource({
    "24, 24000, 1000",
    "30000/1001, 30000, 1001",
    "29.97, 30000, 1001",
    "23.976, 24000, 1001"
  })
  void aRateIsExact(String text, int num, int den) {
    assertThat(video("video.fps=" + text).rate().orElseThrow()).containsExactly(num, den);
  }

  @Test
  void autoLeavesTheChoiceOpen() {
    VideoSpec video = video();
    assertThat(video.codecName()).isEmpty();
    assertThat(video.qualityNumber()).isEmpty();
    assertThat(video.bitsPerSecond()).isEmpty();
    assertThat(video.rate()).isEmpty();
    assertThat(video.start().seconds()).isEmpty();
  }

  private static VideoSpec video(String... assignments) {
    return SpecLoader.load(Optional.empty(), List.of(assignments)).spec().video();
  }
}
