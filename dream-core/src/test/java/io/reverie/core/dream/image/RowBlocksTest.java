package io.reverie.core.dream.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.Size;
import io.reverie.core.dream.Ascent;
import io.reverie.core.dream.AscentStep;
import io.reverie.core.dream.DreamSpec;
import io.reverie.core.dream.OctaveSpec;
import io.reverie.core.dream.Octaves;
import io.reverie.core.dream.Ramp;
import io.reverie.core.dream.param.Fourier;
import io.reverie.core.dream.param.Parameterisation;
import io.reverie.core.dream.prior.ColourMode;
import io.reverie.core.dream.prior.GaussianBlur;
import io.reverie.core.dream.prior.Priors;
import io.reverie.core.dream.prior.Smoothing;
import io.reverie.core.dream.prior.StepRule;
import io.reverie.core.dream.transform.Robustness;
import io.reverie.core.dream.transform.Roll;
import io.reverie.core.engine.Torch;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Results in blocks equal those of the whole image. */
class RowBlocksTest {

  /** Seven rows per block, two in the last one. */
  private static final RowBlocks SEVEN = new RowBlocks(7 * 20);

  private static final Shape SHAPE = new Shape(1, 30, 20, 3);

  private NDManager scope;
  private NDArray image;

  @BeforeEach
  void open() {
    Torch.useOneThread();
    scope = Torch.newManager(Device.cpu());
    image = random(1);
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private NDArray random(long seed) {
    double[] values = new SplittableRandom(seed).doubles(SHAPE.size(), 0, 255).toArray();
    return scope.create(values, SHAPE).toType(DataType.FLOAT32, false);
  }

  @Test
  void meansAndBlursInBlocksEqualThoseOfTheWhole() {
    assertThat(SEVEN.mean(image, rows -> rows.mean().toType(DataType.FLOAT64, false).getDouble()))
        .isCloseTo(image.mean().getFloat(), within(1e-4));
    for (double sigma : new double[] {0.5, 2, 5}) {
      assertThat(new GaussianBlur(sigma).apply(image, SEVEN).toFloatArray())
          .containsExactly(new GaussianBlur(sigma).apply(image).toFloatArray(), within(1e-3f));
    }
  }

  @Test
  void aStepInBlocksEqualsTheWholeStep() {
    OctaveSpec octaveSpec =
        new OctaveSpec(
            java.util.List.of(
                new io.reverie.core.objective.L2(
                    "a", io.reverie.core.objective.ChannelSelector.all(), 1)),
            1,
            Ramp.of(2),
            Ramp.of(1));
    DreamSpec spec =
        new DreamSpec(
            octaveSpec,
            java.util.List.of(),
            new Octaves(1, 2),
            Robustness.jitter(0),
            new Priors(StepRule.STD, 1, 3, new Smoothing(1, 1), 0.5, 0.1, ColourMode.CHROMA),
            Parameterisation.PIXELS,
            1,
            0);
    assertThat(stepped(spec, octaveSpec, SEVEN))
        .containsExactly(stepped(spec, octaveSpec, RowBlocks.WHOLE), within(2e-3f));
  }

  @Test
  void fourierStepsInBlocksEqualWholeSteps() {
    float[] whole = secondFourierStep(RowBlocks.WHOLE);
    assertThat(secondFourierStep(SEVEN)).containsExactly(whole, within(1e-3f));
    assertThat(whole[0]).isNotZero();
  }

  /** Returns the change of a second step, which depends on the first. */
  private float[] secondFourierStep(RowBlocks blocks) {
    Fourier fourier = new Fourier(image, blocks, image.getManager());
    fourier.direct(image, random(6).sub(120));
    NDArray g = random(7).sub(140);
    fourier.direct(image, g);
    return g.toFloatArray();
  }

  /** Returns one value in 0..1 per pixel. */
  private NDArray plane(long seed) {
    return random(seed).mean(new int[] {3}, true).div(255);
  }

  private float[] stepped(DreamSpec spec, OctaveSpec octaveSpec, RowBlocks blocks) {
    NDArray x = image.duplicate();
    NDArray g = random(2).sub(120);
    Ascent.Octave octave =
        new Ascent.Octave(
            0, octaveSpec, 1, random(3), Optional.of(plane(4)), Optional.of(plane(5)));
    AscentStep step = new AscentStep(spec, blocks, Optional.empty());
    step.restrict(g);
    step.apply(x, g, spec.priors().rule().norm(g, blocks, 1), octave, 0);
    step.finish(x, octave, 0);
    return x.toFloatArray();
  }

  @Test
  void valuesSurviveTheRoundTripInAnyMemoryOrder() {
    float[] values = image.toFloatArray();
    assertThat(ImageTensors.values(image)).isEqualTo(values);
    assertThat(ImageTensors.tensor(values, new Size(20, 30), 3, scope).toFloatArray())
        .isEqualTo(values);
    NDArray planes = image.transpose(0, 3, 1, 2).duplicate();
    planes = planes.add(scope.zeros(new Shape(1, 3, 30, 20)));
    assertThat(ImageTensors.values(planes.transpose(0, 2, 3, 1))).isEqualTo(values);
  }

  @Test
  void windowsOfARolledImageAreCopiedAndAddedWithoutRolling() {
    Roll roll = new Roll(-37, 11);
    PixelWindow window = new PixelWindow(4, 6, 25, 12);
    NDArray rolled = roll.apply(image);
    assertThat(roll.crop(image, window, scope).toFloatArray())
        .isEqualTo(window.of(rolled, scope).toFloatArray());
    NDArray sum = scope.zeros(SHAPE);
    roll.add(window.of(rolled, scope), sum, window, scope);
    roll.add(window.of(rolled, scope), sum, window, scope);
    assertThat(window.of(roll.apply(sum), scope).toFloatArray())
        .isEqualTo(window.of(rolled, scope).mul(2).toFloatArray());
    assertThat(sum.sum().getFloat())
        .isCloseTo(2 * window.of(rolled, scope).sum().getFloat(), within(2f));
  }
}
