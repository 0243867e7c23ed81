package io.reverie.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.report.Series.Point;
import io.reverie.jobs.report.TaskTimeline.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a page keeps of a long run is bounded, and right. */
class SeriesAndTimelineTest {

  @Test
  void aMillionFramesKeepTheirExtremesInAFewBuckets() {
    Series series = new Series(1_000_000);
    for (int i = 0; i < 1_000_000; i++) {
      series.add(i, i == 500_000 ? 7 : 1);
    }
    assertThat(series.points()).hasSize(600);
    assertThat(series.highest()).isEqualTo(7);
    assertThat(series.mean()).isCloseTo(1.000006, org.assertj.core.data.Offset.offset(1e-9));
  }

  @Test
  void framesWithoutAValueAreAGap() {
    Series series = new Series(5);
    series.add(0, 1);
    series.add(1, Double.NaN);
    series.add(2, 3);
    series.add(3, 4);
    series.add(9, 100);
    assertThat(series.points()).extracting(Point::at).containsExactly(0.0, 0.5, 0.75);
    assertThat(series.points()).extracting(Point::gap).containsExactly(false, true, false);
    assertThat(Plot.curve(series.points(), 4)).isEqualTo("M0 120M500 40L750 0");
    assertThat(series.mean(2, 4)).isEqualTo(3.5);
  }

  @Test
  void theAxisEndsAtARoundNumber() {
    assertThat(Plot.nice(0.0723)).isEqualTo(0.1);
    assertThat(Plot.nice(41)).isEqualTo(50);
    assertThat(Plot.nice(0.2)).isCloseTo(0.2, org.assertj.core.data.Offset.offset(1e-12));
    assertThat(Plot.nice(0)).isEqualTo(1);
    assertThat(Plot.number(0.0216)).isEqualTo("0.0216");
    assertThat(Plot.number(50)).isEqualTo("50");
    assertThat(Plot.number(Double.NaN)).isEqualTo("\u2013");
  }

  @Test
  void tasksThatFollowEachOtherShareASlot() {
    TaskTimeline timeline = new TaskTimeline();
    timeline.begin(1, "a", "Dreaming", 0, 0);
    timeline.begin(2, "a", "Dreaming", 1, 0);
    // Spark tells of the next task before the end of the first.
    timeline.begin(3, "a", "Dreaming", 2, 990);
    timeline.end(1, 1000, false);
    timeline.end(2, 3000, true);
    timeline.end(3, 3500, false);
    timeline.begin(4, "b", "Fading", 0, 3600);
    List<Span> spans = timeline.spans(4000);
    assertThat(spans)
        .extracting(span -> span.lane().executor() + span.lane().slot())
        .containsExactly("a0", "a0", "a1", "b0");
    assertThat(spans.get(2).failed()).isTrue();
    assertThat(spans.get(3).to()).isEqualTo(4000);
  }

  @Test
  void manyTasksAreJoinedAndNoneIsLost() {
    TaskTimeline timeline = new TaskTimeline(100);
    for (int i = 0; i < 100_000; i++) {
      timeline.begin(i, "a", "Dreaming", i, 1000L * i);
      timeline.end(i, 1000L * i + 900, false);
    }
    List<Span> spans = timeline.spans(0);
    assertThat(spans).hasSizeLessThanOrEqualTo(101);
    assertThat(spans.stream().mapToInt(Span::tasks).sum()).isEqualTo(100_000);
  }
}
