package io.reverie.jobs.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.plan.Seam;
import io.reverie.temporal.measure.FrameMeasures;
import io.reverie.temporal.measure.FrameMeasures.Part;
import io.reverie.temporal.measure.ShotMeasures;
import io.reverie.video.PtsRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class SeamFlickerTest {

  private static ShotMeasures shot(int frames) {
    Part part = new Part(0, 0);
    return new ShotMeasures(
        IntStream.range(0, frames)
            .mapToObj(
                i -> {
                  double warping = i == 0 ? Double.NaN : 0.01 + (i * 31 % 17) / 100.0;
                  return new FrameMeasures(10L * i, 1, false, 1, part, part, warping, 0.01, 1);
                })
            .toList());
  }

  /** A seam of 16 frames after each 144. */
  private static List<Seam> seams(int frames) {
    List<Seam> seams = new ArrayList<>();
    for (int from = 144; from + 17 < frames; from += 144) {
      PtsRange range = new PtsRange(10L * from, 10L * (from + 16));
      PtsRange margin = new PtsRange(10L * (from - 1), 10L * (from + 17));
      seams.add(new Seam(seams.size(), range, margin, 16));
    }
    return seams;
  }

  private static boolean isAt(Seam seam, FrameMeasures frame) {
    return frame.pts() >= seam.range().from() && frame.pts() < seam.margin().to();
  }

  @Test
  void framesAreAtASeamOrOutside() {
    ShotMeasures shot = shot(1000);
    List<Seam> seams = seams(1000);
    SeamFlicker flicker = new SeamFlicker(shot, seams);
    assertThat(seams).hasSize(6);
    for (Seam seam : seams) {
      assertThat(flicker.at(seam)).isEqualTo(shot.of(frame -> isAt(seam, frame)));
    }
    assertThat(shot.of(flicker::isOutside))
        .isEqualTo(shot.of(frame -> seams.stream().noneMatch(seam -> isAt(seam, frame))));
  }

  @Test
  void theExtremesAreThoseOfAllRunsOutside() {
    ShotMeasures shot = shot(1000);
    SeamFlicker flicker = new SeamFlicker(shot, seams(1000));
    List<Double> runs = shot.flickerOfRuns(17, flicker::isOutside);
    assertThat(flicker.elsewhere(17))
        .contains(new SeamFlicker.Extremes(runs.get(0), runs.get(runs.size() - 1)));
    assertThat(flicker.elsewhere(200)).as("longer than the place between two seams").isEmpty();
  }

  /** Of each seam with each frame, this would take half an hour. */
  @Test
  void aLongFilmIsComparedInSeconds() {
    ShotMeasures shot = shot(200_000);
    List<Seam> seams = seams(200_000);
    SeamFlicker flicker = new SeamFlicker(shot, seams);
    Assertions.assertTimeout(
        Duration.ofMinutes(5),
        () -> {
          for (Seam seam : seams) {
            assertThat(flicker.at(seam).frames()).hasSize(17);
            assertThat(flicker.elsewhere(17)).isPresent();
          }
        });
  }
}
