package io.reverie.video.motion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of every flow method, on exactly known motions. */
class FlowMethodTest {

  private static final Texture TEXTURE = new Texture(1, 8);

  private static FlowField backward(FlowMethod method, Movement movement) {
    try (OpticalFlow flow = method.open()) {
      return flow.between(movement.later(TEXTURE), movement.earlier(TEXTURE));
    }
  }

  /** Limits in pixels, about 1.5 times the measured errors. */
  @ParameterizedTest
  @CsvSource({
    "ULTRAFAST, 0.13, 0.19, 0.55, 0.47",
    "FAST, 0.15, 0.16, 0.45, 0.34",
    "MEDIUM, 0.05, 0.06, 0.13, 0.12",
    "FINE, 0.025, 0.03, 0.07, 0.07",
    "FARNEBACK, 0.05, 0.67, 0.16, 0.14"
  })
  void knownMotionIsFound(
      FlowMethod method, double shift, double largeShift, double zoom, double rotation) {
    assertThat(error(method, Movement.SHIFT)).isLessThan(shift);
    assertThat(error(method, Movement.LARGE_SHIFT)).isLessThan(largeShift);
    assertThat(error(method, Movement.ZOOM)).isLessThan(zoom);
    assertThat(error(method, Movement.ROTATION)).isLessThan(rotation);
  }

  private static double error(FlowMethod method, Movement movement) {
    return movement.endPointError(backward(method, movement));
  }

  @ParameterizedTest
  @EnumSource(FlowMethod.class)
  void anImageHasNoMotionAgainstItself(FlowMethod method) {
    GreyImage picture = Movement.SHIFT.earlier(TEXTURE);

    try (OpticalFlow flow = method.open()) {
      // Farneback finds slight motion along the border.
      float most = method == FlowMethod.FARNEBACK ? 0.25f : 0;
      for (float value : flow.between(picture, picture).xy()) {
        assertThat(Math.abs(value)).isLessThanOrEqualTo(most);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(FlowMethod.class)
  void flatImagesGiveFiniteFlow(FlowMethod method) {
    GreyImage black = new GreyImage(160, 120, new byte[160 * 120]);

    try (OpticalFlow flow = method.open()) {
      assertThat(flow.between(black, Movement.SHIFT.later(TEXTURE)).isFinite()).isTrue();
      assertThat(flow.between(black, black).isFinite()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(FlowMethod.class)
  void earlierImagesDoNotInfluenceTheFlow(FlowMethod method) {
    GreyImage earlier = Movement.SHIFT.earlier(TEXTURE);
    GreyImage later = Movement.SHIFT.later(TEXTURE);

    try (OpticalFlow flow = method.open()) {
      float[] first = flow.between(later, earlier).xy();
      float[] other = flow.between(Movement.ROTATION.later(TEXTURE), earlier).xy();

      assertThat(flow.between(later, earlier).xy()).isEqualTo(first).isNotEqualTo(other);
    }
  }

  @ParameterizedTest
  @EnumSource(FlowMethod.class)
  void threadsGetTheResultsOfOneThread(FlowMethod method)
      throws InterruptedException, ExecutionException {
    List<Movement> movements = List.of(Movement.SHIFT, Movement.ROTATION, Movement.ZOOM);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<FlowField>> flows =
          movements.stream().map(m -> threads.submit(() -> backward(method, m))).toList();
      for (int i = 0; i < movements.size(); i++) {
        assertThat(flows.get(i).get().xy()).isEqualTo(backward(method, movements.get(i)).xy());
      }
    } finally {
      threads.shutdown();
    }
  }

  @ParameterizedTest
  @EnumSource(FlowMethod.class)
  void smallImagesHaveFlow(FlowMethod method) {
    GreyImage small = TEXTURE.grey(20, 12, Movement::still);

    try (OpticalFlow flow = method.open()) {
      assertThat(flow.between(small, small).isFinite()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void tinyImagesHaveFlow(FlowMethod method) {
    for (int[] size : new int[][] {{1, 1}, {5, 3}, {12, 7}, {3, 40}}) {
      GreyImage grey = new GreyImage(size[0], size[1], new byte[size[0] * size[1]]);
      try (OpticalFlow flow = method.open()) {
        Motion motion = Motion.between(grey, grey, flow, 0.5);
        assertThat(motion.isFinite()).isTrue();
        assertThat(motion.backward().xy()).hasSize(2 * size[0] * size[1]);
      }
    }
  }
}
