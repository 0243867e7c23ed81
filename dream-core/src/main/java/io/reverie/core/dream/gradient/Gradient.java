package io.reverie.core.dream.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
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
import java.util.stream.IntStream;

/** The gradient of the objectives with respect to an image that the network sees as a whole. */
public record Gradient(Network network, List<Objective> objectives) {

  /**
   * Runs one forward and one backward pass for all objectives.
   *
   * @param image (1, H, W, 3)
   * @param scaleRotate applied before the network
   * @param step owns the gradient
   */
  public NDArray at(NDArray image, Optional<ScaleRotate> scaleRotate, NDManager step) {
    return Torch.gradient(
        image,
        step,
        leaf -> {
          NDArray seen = scaleRotate.isPresent() ? scaleRotate.get().apply(leaf) : leaf;
          return energy(network.activations(seen, layers()));
        });
  }

  /**
   * Runs one forward and one backward pass for several images in one batch, each as if it were
   * alone: seeds are computed and normalised for every image by itself.
   *
   * @param gradients one for each image, with objectives of their own at the same layers of one
   *     network
   * @param images each (1, H, W, 3), of one size
   * @param step owns the gradients
   * @return the gradient of each image; they are parts of one tensor
   */
  public static List<NDArray> together(
      List<Gradient> gradients, List<NDArray> images, NDManager step) {
    Gradient first = gradients.get(0);
    NDArray batch = NDArrays.concat(new NDList(images), 0);
    batch.attach(step);
    NDArray all =
        Torch.gradient(
            batch,
            step,
            leaf -> {
              Map<String, NDArray> activations = first.network.activations(leaf, first.layers());
              return activations.entrySet().stream()
                  .filter(layer -> first.layers().contains(layer.getKey()))
                  .map(layer -> energies(gradients, layer.getKey(), layer.getValue()))
                  .reduce(NDArray::add)
                  .orElseThrow();
            });
    return IntStream.range(0, images.size()).mapToObj(i -> part(all, i)).toList();
  }

  /** Returns a layer's sum over the images, whose parts do not depend on each other. */
  private static NDArray energies(List<Gradient> gradients, String layer, NDArray a) {
    NDArray detached = a.stopGradient();
    NDList seeds =
        new NDList(
            IntStream.range(0, gradients.size())
                .mapToObj(i -> gradients.get(i).seed(layer, part(detached, i)))
                .toList());
    return a.mul(NDArrays.concat(seeds, 0)).sum();
  }

  /** Returns the sum of the seeds at a layer. */
  private NDArray seed(String layer, NDArray a) {
    return objectives.stream()
        .filter(objective -> objective.layer().equals(layer))
        .map(objective -> normalisedSeed(objective, a))
        .reduce(NDArray::add)
        .orElseThrow();
  }

  /** Returns one image of a batch, which keeps its dimension. */
  private static NDArray part(NDArray batch, int i) {
    return batch.get(new NDIndex().addSliceDim(i, i + 1));
  }

  /** Returns the weighted sum of the objectives' values. */
  public double value(NDArray image) {
    Map<String, NDArray> activations =
        Torch.withoutGradient(() -> network.activations(image, layers()));
    return objectives.stream()
        .mapToDouble(o -> o.weight() * o.value(Objects.requireNonNull(activations.get(o.layer()))))
        .sum();
  }

  /** Returns the layers that have an objective. */
  public Set<String> layers() {
    return objectives.stream().map(Objective::layer).collect(Collectors.toSet());
  }

  /** Returns a scalar whose derivative at each layer is the weighted sum of the seeds. */
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

  /** Sums in float64, because there are millions of values. */
  static double squares(NDArray seed) {
    return seed.toType(DataType.FLOAT64, false).square().sum().getDouble();
  }

  /**
   * Normalises the seed: objectives differ by orders of magnitude, which would make weights
   * incomparable.
   */
  private static NDArray normalisedSeed(Objective objective, NDArray a) {
    objective.requireChannels(a.getShape().get(1));
    NDArray seed = objective.seed(a);
    double norm = Math.sqrt(squares(seed));
    return norm > 0 ? seed.mul(objective.weight() / norm) : seed;
  }
}
