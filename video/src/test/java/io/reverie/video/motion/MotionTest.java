package io.reverie.video.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks consistency for uncovered, entering and moving pixels. */
class MotionTest {

  private static final int WIDTH = 160;
  private static final int HEIGHT = 120;
  private static final Texture GROUND = new Texture(1, 8);
  private static final Texture SQUARE = new Texture(9, 8);

  /** Initial position, side and speed of the square, and speed of the background, in pixels. */
  private static final int LEFT = 40;

  private static final int TOP = 35;
  private static final int SIDE = 50;
  private static final int SPEED = 6;
  private static final int GROUND_SPEED = -2;

  private static Motion motion(GreyImage earlier, GreyImage later, double scale) {
    try (OpticalFlow flow = FlowMethod.MEDIUM.open()) {
      return Motion.between(earlier, later, flow, scale);
    }
  }

  private static boolean inSquare(double x, double y, int time) {
    double right = x - LEFT - SPEED * time;
    return right >= 0 && right < SIDE && y >= TOP && y < TOP + SIDE;
  }

  /** Returns a textured square moving over a textured background, enlarged by a factor. */
  private static GreyImage scene(int time, int size) {
    byte[] levels = new byte[WIDTH * HEIGHT * size * size];
    for (int i = 0; i < levels.length; i++) {
      double x = x(i, size);
      double y = y(i, size);
      levels[i] =
          Texture.level(
              inSquare(x, y, time)
                  ? SQUARE.at(x - SPEED * time, y)
                  : GROUND.at(x - GROUND_SPEED * time, y));
    }
    return new GreyImage(WIDTH * size, HEIGHT * size, levels);
  }

  private static double x(int pixel, int size) {
    return pixel % (WIDTH * size) / (double) size;
  }

  private static double y(int pixel, int size) {
    int row = pixel / (WIDTH * size);
    return row / (double) size;
  }

  /** Returns whether a pixel shows background that the square covered before. */
  private static boolean uncovered(double x, double y) {
    return !inSquare(x, y, 1) && inSquare(x - GROUND_SPEED, y, 0);
  }

  /** Returns whether a pixel is far from all edges of the square and the image. */
  private static boolean quiet(double x, double y) {
    if (x < 8 || x >= WIDTH - 8 || y < 8 || y >= HEIGHT - 8) {
      return false;
    }
    boolean within = inSquare(x - 8, y - 8, 1) && inSquare(x + 8, y + 8, 1);
    boolean far = x < LEFT - 10 || x >= LEFT + SIDE + SPEED + 10;
    return within || far || y < TOP - 10 || y >= TOP + SIDE + 10;
  }

  private static double mean(Motion motion, IntPredicate where) {
    return IntStream.range(0, motion.consistency().length)
        .filter(where)
        .mapToDouble(i -> motion.consistency()[i])
        .average()
        .orElseThrow();
  }

  @Test
  void onlyUncoveredPixelsAreInconsistent() {
    Motion motion = motion(scene(0, 1), scene(1, 1), 1);

    assertThat(mean(motion, i -> uncovered(x(i, 1), y(i, 1)))).isLessThan(0.1);
    assertThat(mean(motion, i -> quiet(x(i, 1), y(i, 1)))).isGreaterThan(0.9);
  }

  @Test
  void halfResolutionGivesTheSameOnASceneOfDoubleSize() {
    Motion motion = motion(scene(0, 2), scene(1, 2), 0.5);

    assertThat(motion.backward().width()).isEqualTo(2 * WIDTH);
    assertThat(motion.backward().height()).isEqualTo(2 * HEIGHT);
    assertThat(motion.consistency()).hasSize(4 * WIDTH * HEIGHT);
    assertThat(mean(motion, i -> uncovered(x(i, 2), y(i, 2)))).isLessThan(0.2);
    assertThat(mean(motion, i -> quiet(x(i, 2), y(i, 2)))).isGreaterThan(0.9);
  }

  @ParameterizedTest
  @EnumSource(Movement.class)
  void globalMotionIsConsistent(Movement movement) {
    Motion motion = motion(movement.earlier(GROUND), movement.later(GROUND), 1);

    assertThat(mean(motion, i -> movement.inside(i, 2))).isGreaterThan(0.95);
    assertThat(movement.endPointError(motion.backward())).isLessThan(0.12);
  }

  @ParameterizedTest
  @EnumSource(Movement.class)
  void halfResolutionGivesVectorsInFullResolution(Movement movement) {
    Motion motion = motion(movement.earlier(GROUND), movement.later(GROUND), 0.5);

    assertThat(motion.backward().width()).isEqualTo(WIDTH);
    assertThat(motion.backward().height()).isEqualTo(HEIGHT);
    assertThat(mean(motion, i -> movement.inside(i, 4))).isGreaterThan(0.9);
    assertThat(movement.endPointError(motion.backward())).isLessThan(0.4);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ZOOM"})
  void enteringPixelsAreInconsistent(Movement movement) {
    Motion whole = motion(movement.earlier(GROUND), movement.later(GROUND), 1);
    Motion half = motion(movement.earlier(GROUND), movement.later(GROUND), 0.5);

    assertThat(mean(whole, i -> !movement.inside(i, -0.3))).isLessThan(0.02);
    assertThat(mean(half, i -> !movement.inside(i, -1))).isLessThan(0.05);
  }

  @Test
  void composedMotionLeadsPastTheFrameBetween() {
    Motion composed = motion(scene(1, 1), scene(2, 1), 1).then(motion(scene(0, 1), scene(1, 1), 1));

    int middle = (TOP + SIDE / 2) * WIDTH + LEFT + 2 * SPEED + SIDE / 2;
    int ground = 10 * WIDTH + WIDTH / 2;
    assertThat(composed.backward().xy()[2 * middle]).isCloseTo(-2f * SPEED, within(0.3f));
    assertThat(composed.backward().xy()[2 * ground]).isCloseTo(-2f * GROUND_SPEED, within(0.3f));
    assertThat(composed.consistency()[middle]).isEqualTo(1);
    assertThat(composed.consistency()[ground]).isEqualTo(1);
    int uncoveredInEither = (TOP + SIDE / 2) * WIDTH + LEFT + SPEED - 3;
    assertThat(composed.consistency()[uncoveredInEither]).isLessThan(0.1f);
  }

  @Test
  void motionAheadIsThatOfTheReversedFrames() {
    try (OpticalFlow flow = FlowMethod.MEDIUM.open()) {
      TwoWayMotion both = TwoWayMotion.between(scene(0, 2), scene(1, 2), flow, 0.5);
      Motion back = Motion.between(scene(0, 2), scene(1, 2), flow, 0.5);
      Motion reversed = Motion.between(scene(1, 2), scene(0, 2), flow, 0.5);
      assertThat(both.back()).usingRecursiveComparison().isEqualTo(back);
      assertThat(both.ahead().consistency()).isEqualTo(reversed.consistency());
      float[] inverse = both.ahead().backward().xy();
      float[] measured = reversed.backward().xy();
      double sum = 0;
      for (int i = 0; i < inverse.length; i++) {
        sum += Math.abs(inverse[i] - measured[i]);
      }
      assertThat(sum / inverse.length).isBetween(1e-6, 0.1);
    }
  }

  @Test
  void consistentMotionAheadAndBackLeadsToTheSamePlace() {
    try (OpticalFlow flow = FlowMethod.MEDIUM.open()) {
      TwoWayMotion both = TwoWayMotion.between(scene(0, 1), scene(1, 1), flow, 1);
      Motion reversed = Motion.between(scene(1, 1), scene(0, 1), flow, 1);
      double closed = meanGap(both.back().then(both.ahead()));
      assertThat(closed).isLessThan(0.02);
      assertThat(closed).isLessThan(0.5 * meanGap(both.back().then(reversed)));
    }
  }

  /** Returns the mean length of a motion over its consistent places, in pixels. */
  private static double meanGap(Motion motion) {
    float[] xy = motion.backward().xy();
    return IntStream.range(0, motion.consistency().length)
        .filter(i -> motion.consistency()[i] == 1)
        .mapToDouble(i -> Math.hypot(xy[2 * i], xy[2 * i + 1]))
        .average()
        .orElseThrow();
  }

  @Test
  void aStillImageIsConsistentEverywhere() {
    GreyImage picture = Movement.SHIFT.earlier(GROUND);
    Motion motion = motion(picture, picture, 1);

    assertThat(motion.meanConsistency()).isEqualTo(1);
    assertThat(motion.isFinite()).isTrue();
    assertThat(motion.feathered(2)).containsOnly(1f);
  }

  @Test
  void featheringSoftensTheEdgeAndKeepsTheMean() {
    float[] halves = new float[WIDTH * HEIGHT];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = i % WIDTH < WIDTH / 2 ? 1 : 0;
    }
    FlowField still = new FlowField(WIDTH, HEIGHT, new float[WIDTH * HEIGHT * 2]);

    float[] soft = new Motion(still, halves).feathered(2);

    assertThat(new Motion(still, soft).meanConsistency()).isCloseTo(0.5, within(1e-4));
    assertThat(soft[WIDTH / 2 - 1]).isStrictlyBetween(0.5f, 0.7f);
    assertThat(soft[WIDTH / 2 - 10]).isCloseTo(1, within(1e-5f));
  }
}
