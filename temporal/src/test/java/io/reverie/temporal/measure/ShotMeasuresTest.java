package io.reverie.temporal.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reverie.temporal.measure.FrameMeasures.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShotMeasuresTest {

  private static final double NO = Double.NaN;
  private static final Part NONE = new Part(0, 0);

  @Test
  void flickerIsTheRootOfTheMeanExcess() {
    ShotMeasures measures =
        new ShotMeasures(
            List.of(measures(0, NO, NO), measures(1, 0.05, 0.01), measures(2, 0.04, 0.02)));
    assertThat(measures.flicker()).isCloseTo(Math.sqrt(0.03), within(1e-12));
  }

  @Test
  void aDreamSteadierThanItsSourceDoesNotFlicker() {
    ShotMeasures measures =
        new ShotMeasures(List.of(measures(0, 0.01, 0.03), measures(1, 0.01, 0.02)));
    assertThat(measures.flicker()).isZero();
    assertThat(measures.medianFlicker()).isZero();
  }

  @Test
  void theMedianCoversComparedFramesOnly() {
    ShotMeasures measures =
        new ShotMeasures(
            List.of(
                measures(0, NO, 0.1),
                measures(1, 0.25, 0),
                measures(2, 0.01, 0),
                measures(3, 0.04, 0)));
    assertThat(measures.medianFlicker()).isCloseTo(0.2, within(1e-12));
  }

  @Test
  void runsAreMeasuredLikeAnyOtherFramesAndLeaveOutWhatDoesNotMatch() {
    ShotMeasures measures =
        new ShotMeasures(
            List.of(
                measures(0, NO, 0),
                measures(1, 0.08, 0),
                measures(2, 0.10, 0),
                measures(3, 0.02, 0),
                measures(4, 0.04, 0),
                measures(5, 0.04, 0)));
    assertThat(measures.flickerOfRuns(2, n -> n.pts() != 3))
        .containsExactly(Math.sqrt(0.04), measures.of(n -> n.pts() == 1 || n.pts() == 2).flicker());
    assertThat(measures.flickerOfRuns(7, n -> true)).isEmpty();
  }

  @Test
  void unknownValuesAreNan() {
    for (ShotMeasures none :
        List.of(new ShotMeasures(List.of()), new ShotMeasures(List.of(measures(0, NO, NO))))) {
      assertThat(none.flicker()).isNaN();
      assertThat(none.medianFlicker()).isNaN();
      assertThat(none.young()).isNaN();
      assertThat(none.old()).isNaN();
      assertThat(none.gain()).isNaN();
    }
    assertThat(new ShotMeasures(List.of()).strength()).isNaN();
    assertThat(new ShotMeasures(List.of()).iterations()).isNaN();
  }

  @Test
  void partsAreWeightedByPixelsAndGainsAveragedWhereMeasured() {
    FrameMeasures small = new FrameMeasures(0, 10, true, 9, new Part(40, 4), NONE, NO, NO, 3);
    FrameMeasures large = new FrameMeasures(1, 2, false, 11, new Part(32, 16), NONE, 0.1, 0, NO);
    ShotMeasures measures = new ShotMeasures(List.of(small, large));
    assertThat(measures.young()).isCloseTo(72.0 / 20, within(1e-12));
    assertThat(measures.old()).isNaN();
    assertThat(measures.gain()).isEqualTo(3);
    assertThat(measures.strength()).isEqualTo(10);
    assertThat(measures.iterations()).isEqualTo(6);
    assertThat(measures.of(FrameMeasures::alone).frames()).containsExactly(small);
  }

  @Test
  void anotherComparisonReplacesOnlyTheWarpingErrors() {
    FrameMeasures own = new FrameMeasures(7, 2, false, 11, new Part(32, 16), NONE, 0.1, 0.02, 3);
    FrameMeasures after = own.after(measures(7, 0.5, 0.1));
    assertThat(after)
        .isEqualTo(new FrameMeasures(7, 2, false, 11, new Part(32, 16), NONE, 0.5, 0.1, 3));
    assertThat(after.excess()).isCloseTo(0.4, within(1e-12));
    assertThat(after.flicker()).isCloseTo(Math.sqrt(0.4), within(1e-12));
  }

  private static FrameMeasures measures(long pts, double error, double sourceError) {
    return new FrameMeasures(pts, 1, false, 10, NONE, NONE, error, sourceError, NO);
  }
}
