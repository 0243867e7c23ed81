package io.reverie.core.dream.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.reverie.core.dream.transform.ScaleRotate;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.Network;
import io.reverie.core.objective.Objective;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The direction in which the objectives of a dream grow, with respect to the image. */
public record Gradient(Network network, List<Objective> objectives) {

  /**
   * One forward and one backward pass for all objectives.
   *
   * @param image (1, H, W, 3)
   * @param turn before the network sees it
   * @param step the scope of the result
   */
  public NDArray at(NDArray image, Optional<ScaleRotate> turn, NDManager step) {
    return Torch.gradient(
        image,
        step,
        leaf -> {
          NDArray seen = turn.isPresent() ? turn.get().apply(leaf) : leaf;
          return energy(network.activations(seen, layers()));
        });
  }

  /** The sum of the objectives' values, each with its weight. */
  public double value(NDArray image) {
    Map<String, NDArray> activations =
        Torch.withoutGradient(() -> network.activations(image, layers()));
    return objectives.stream()
        .mapToDouble(o -> o.weight() * o.value(Objects.requireNonNull(activations.get(o.layer()))))
        .sum();
  }

  private Set<String> layers() {
    return objectives.stream().map(Objective::layer).collect(Collectors.toSet());
  }

  /** A scalar whose derivative at each layer is the weighted sum of the seeds there. */
  NDArray energy(Map<String, NDArray> activations) {
    return objectives.stream()
        .map(
            objective ->
                term(objective, Objects.requireNonNull(activations.get(objective.layer()))))
        .reduce(NDArray::add)
        .orElseThrow();
  }

  private static NDArray term(Objective objective, NDArray a) {
    return a.mul(normalisedSeed(objective, a.stopGradient())).sum();
  }

  /** In float64: a sum over millions of values. */
  static double squares(NDArray seed) {
    return seed.toType(DataType.FLOAT64, false).square().sum().getDouble();
  }

  /** Objectives differ by orders of magnitude; only so are their weights comparable. */
  private static NDArray normalisedSeed(Objective objective, NDArray a) {
    objective.requireChannels(a.getShape().get(1));
    NDArray seed = objective.seed(a);
    double norm = Math.sqrt(squares(seed));
    return norm > 0 ? seed.mul(objective.weight() / norm) : seed;
  }
}
