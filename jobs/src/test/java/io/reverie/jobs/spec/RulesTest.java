package io.reverie.jobs.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.core.Size;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.rule.CutRule;
import io.reverie.jobs.spec.rule.SizeRule;
import io.reverie.jobs.spec.rule.TimeRule;
import io.reverie.temporal.carry.Effort;
import io.reverie.temporal.carry.KeyframeInterval;
import io.reverie.temporal.carry.TemporalMode;
import io.reverie.video.Rational;
import io.reverie.video.motion.FlowMethod;
import io.reverie.video.motion.Interpolation;
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
    assertThat(new SizeRule(text).of(new Size(1280, 720))).isEqualTo(new Size(width, height));
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
    "24, 24, 1",
    "12.5, 25, 2",
    "240, 240, 1",
    "30000/1001, 30000, 1001",
    "29.97, 30000, 1001",
    "23.976, 24000, 1001"
  })
  void aRateIsExactAndInLowestTerms(String text, int num, int den) {
    assertThat(video("video.fps=" + text).rate().orElseThrow()).isEqualTo(new Rational(num, den));
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "video.temporal=carried | invalid video.temporal 'carried'; expected one of carry, blend, none",
        "video.temporal=CARRY | invalid video.temporal 'CARRY' (did you mean 'carry'?); expected one of carry, blend, none",
        "video.effort=good | invalid video.effort 'good'; expected one of best, fast",
        "video.inbetween=9 | invalid video.inbetween '9'; expected auto or a number of frames from 1 to 8",
        "video.inbetween=none | invalid video.inbetween 'none'; expected auto or a number of frames from 1 to 8",
        "video.flow.method=raft | invalid video.flow.method 'raft'; expected one of ultrafast, fast, medium, fine, farneback",
        "video.flow.warp=nearest | invalid video.flow.warp 'nearest'; expected one of linear, cubic, lanczos",
        "video.flow.scale=0 | video.flow.scale must be above 0 and at most 1, not 0.0",
        "video.flow.scale=1.5 | video.flow.scale must be above 0 and at most 1, not 1.5",
        "video.fps=0 | video.fps must be from 0.001 to 1000, not 0",
        "video.fps=1000.001 | video.fps must be from 0.001 to 1000, not 1000.001",
        "video.fps=1/1001 | video.fps must be from 0.001 to 1000, not 1/1001",
        "video.fps=often | invalid video.fps 'often'; expected a rate such as 24, 23.976 or 30000/1001",
        "video.fps=1/0 | video.fps must be from 0.001 to 1000, not 1/0",
        "video.persistence=1 | video.persistence must be from 0 to below 1, not 1.0",
        "video.persistence=-0.1 | video.persistence must be from 0 to below 1, not -0.1",
        "video.blend=0 | video.blend must be above 0 and at most 1, not 0.0",
        "video.blend=1.1 | video.blend must be above 0 and at most 1, not 1.1",
        "video.overlap=-1 | video.overlap must be 0 or more frames, not -1",
        "video.segment=49 | video.segment must be at least 50 frames with an overlap of 16, not 49",
        "video.cuts=often | invalid video.cuts 'often'; expected auto or a list of times such as [2.5, 00:01:30]",
        "video.cuts=12.5 | invalid video.cuts '12.5'; expected auto or a list of times such as [2.5, 00:01:30]",
        "video.cuts=[2, auto] | invalid time 'auto' in video.cuts; expected seconds or hh:mm:ss",
        "video.cuts=[2, soon] | invalid time 'soon'; expected seconds or hh:mm:ss, such as 12.5 or 00:01:30",
        "video.cuts=[-2] | invalid time '-2'; expected seconds or hh:mm:ss, such as 12.5 or 00:01:30",
      })
  void anInvalidValueIsOneSentenceThatNamesIt(String assignment, String sentence) {
    assertThatThrownBy(() -> video(assignment))
        .isInstanceOf(UserException.class)
        .hasMessage(sentence);
  }

  @Test
  void theWordsOfTheReferenceAreTaken() {
    assertThat(video().temporal()).isEqualTo(TemporalMode.CARRY);
    assertThat(video("video.temporal=blend").temporal()).isEqualTo(TemporalMode.BLEND);
    assertThat(video("video.effort=best").effort()).isEqualTo(Effort.BEST);
    assertThat(video("video.effort=fast").effort()).isEqualTo(Effort.FAST);
    assertThat(video("video.inbetween=1").shot().interval()).isEqualTo(new KeyframeInterval(1));
    assertThat(video("video.inbetween=8").shot().interval()).isEqualTo(new KeyframeInterval(8));
    assertThat(video("video.inbetween=auto").shot().interval()).isEqualTo(KeyframeInterval.AUTO);
    assertThat(video("video.effort=best").shot().interval())
        .isEqualTo(KeyframeInterval.EVERY_FRAME);
    assertThat(video("video.flow.method=fine").flow().method()).isEqualTo(FlowMethod.FINE);
    assertThat(video("video.flow.warp=cubic").flow().warp()).isEqualTo(Interpolation.CUBIC);
  }

  @Test
  void theLimitsThemselvesAreTaken() {
    assertThat(video("video.persistence=0").persistence()).isZero();
    assertThat(video("video.blend=1").blend()).isEqualTo(1);
    assertThat(video("video.flow.scale=1").flow().scale()).isEqualTo(1);
    assertThat(video("video.segment=50").segment()).isEqualTo(50);
    assertThat(video("video.overlap=0", "video.segment=2").overlapFrames()).isZero();
  }

  @Test
  void framesThatAreDreamedAloneShareNothing() {
    assertThat(video().overlapFrames()).isEqualTo(16);
    assertThat(video("video.temporal=none").overlapFrames()).isZero();
  }

  @Test
  void cutsAreFoundUnlessTheyAreListed() {
    assertThat(video().cuts()).isEqualTo(new CutRule(true, List.of()));
    assertThat(video("video.cuts=[]").cuts()).isEqualTo(new CutRule(false, List.of()));
    CutRule listed = video("video.cuts=[2.5, 7, 01:30, 00:01:30, '1:00:00']").cuts();
    assertThat(listed.detected()).isFalse();
    assertThat(listed.times())
        .extracting(time -> time.seconds().orElseThrow())
        .containsExactly(2.5, 7.0, 90.0, 90.0, 3600.0);
  }

  @Test
  void aClockWithoutALeadingZeroNeedsNoQuotes() {
    assertThat(video("video.cuts=[1:30, 1:00:00]").cuts().times())
        .extracting(time -> time.seconds().orElseThrow())
        .containsExactly(90.0, 3600.0);
    assertThat(video("video.start=1:30").start().seconds()).hasValue(90);
  }

  private static VideoSpec video(String... assignments) {
    return SpecLoader.load(Optional.empty(), List.of(assignments)).spec().video();
  }
}
