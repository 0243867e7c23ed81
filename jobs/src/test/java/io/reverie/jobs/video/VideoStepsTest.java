package io.reverie.jobs.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.storage.Location;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VideoStepsTest {

  @ParameterizedTest
  @ValueSource(strings = {"plain", "\u0645\u06cc\u200c\u062e", "shy\u00ad", "\u202eltr", "a\nb"})
  void jobsAreCancelledAndCountedByTheGroupThatSparkKnows(String name) {
    WorkItem item = new WorkItem("in.mp4", Location.of("/out/%s.mp4".formatted(name)));
    assertThat(VideoSteps.group(item))
        .startsWith("video /out/")
        .isEqualTo(VideoSteps.label(item, "Reading", "reading").group());
  }
}
