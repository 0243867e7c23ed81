package io.reverie.jobs.bench;

import io.reverie.core.Size;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.Noise;
import io.reverie.core.network.ConvolutionTimer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The speed of a gradient step on one thread.
 *
 * @param seconds median time of a step
 * @param limit median time of the network's convolutions alone, in seconds; empty for a TorchScript
 *     module
 */
public record StepSpeed(StepCase step, double seconds, OptionalDouble limit) {

  private static final double MEAN = 128;
  private static final double DEVIATION = 40;

  public StepSpeed {
    if (!(seconds > 0)) {
      throw new IllegalArgumentException("a step cannot take %s s".formatted(seconds));
    }
  }

  /**
   * Measures a dreamer of one octave. Steps and convolutions alternate, so that other load on the
   * machine affects both.
   *
   * @param rounds dreams of all iterations
   */
  static StepSpeed measure(StepCase step, Dreamer dreamer, int rounds) {
    List<Double> steps = new ArrayList<>();
    List<Double> limits = new ArrayList<>();
    StepTimes times = new StepTimes();
    Dreamer timed = dreamer.withListener(times);
    for (int round = 0; round < rounds; round++) {
      timed.dream(Noise.image(step.size(), MEAN, DEVIATION, round));
      steps.addAll(times.take());
      ConvolutionTimer.seconds(dreamer.network(), step.size(), Set.of(step.layer()))
          .ifPresent(limits::add);
    }
    OptionalDouble limit =
        limits.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Median.of(limits));
    return new StepSpeed(step, Median.of(steps), limit);
  }

  /** Millions of pixels that a step takes in one second. */
  public double megapixelStepsPerSecond() {
    Size size = step.size();
    return (double) size.width() * size.height() / 1e6 / seconds;
  }

  /** The part of a step's time that its convolutions alone would take. */
  public OptionalDouble shareOfLimit() {
    return limit.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(limit.getAsDouble() / seconds);
  }
}
