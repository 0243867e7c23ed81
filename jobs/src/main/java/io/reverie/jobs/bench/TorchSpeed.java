package io.reverie.jobs.bench;

/**
 * The speed of a step in python3-torch.
 *
 * @param seconds median time
 */
public record TorchSpeed(StepCase step, double seconds) {
  public TorchSpeed {
    if (!(seconds > 0)) {
      throw new IllegalArgumentException("a step cannot take %s s".formatted(seconds));
    }
  }
}
