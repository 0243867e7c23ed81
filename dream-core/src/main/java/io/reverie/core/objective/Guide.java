package io.reverie.core.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.Network;
import java.util.Objects;
import java.util.Set;

/**
 * The features of a guide image (Google 2015): each cell grows towards the most similar cell of the
 * guide, {@code E = sum_i max_j <x_i, y_j>}. Matches are updated at each step.
 *
 * @param features one row of {@code channels} values per cell of the guide
 * @param channels number of channels of the layer
 * @param weight finite
 */
public record Guide(String layer, float[] features, int channels, double weight)
    implements Objective {

  /** Larger guides hardly change the matches, but their cost grows with the number of cells. */
  private static final double LONGEST_SIDE = 224;

  /** Products per batch (16 MB), whatever the size of the image. */
  private static final long PRODUCTS = 1L << 22;

  public Guide {
    ObjectiveWeights.requireFinite(layer, weight);
    if (features.length == 0 || features.length % channels != 0) {
      throw new IllegalArgumentException(
          "%d features for rows of %d channels".formatted(features.length, channels));
    }
  }

  /**
   * Computes the features of a guide.
   *
   * @param image shrunk to at most 224 px on the longer side
   * @throws DreamException if the network lacks the layer or the guide is too small for it
   */
  public static Guide of(Network network, String layer, Image image, double weight) {
    Size own = image.size();
    double factor = Math.min(1, LONGEST_SIDE / Math.max(own.height(), own.width()));
    Size size = own.scaled(factor);
    if (size.shorterSide() < network.minimumSide(layer)) {
      throw new DreamException(
          "the guide of %s px is too small: it is scaled to %s px, but layer %s of network %s needs %d px on the shorter side; use a less elongated guide or another layer"
              .formatted(own, size, layer, network.name(), network.minimumSide(layer)));
    }
    Torch.useOneThread();
    try (NDManager scope = network.manager().newSubManager()) {
      return Torch.withoutGradient(
          () -> {
            NDArray whole = scope.create(image.rgb(), new Shape(1, own.height(), own.width(), 3));
            NDArray seen = factor < 1 ? Torch.resize(whole, size) : whole;
            NDArray a = Objects.requireNonNull(network.activations(seen, Set.of(layer)).get(layer));
            return new Guide(layer, rows(a).toFloatArray(), (int) a.getShape().get(1), weight);
          });
    }
  }

  @Override
  public NDArray seed(NDArray a, LayerExtent extent) {
    NDArray places = rows(a);
    NDArray guide = guide(a);
    NDArray transposed = guide.transpose();
    NDList matched = new NDList();
    long all = places.getShape().get(0);
    long chunk = Math.max(1, PRODUCTS / guide.getShape().get(0));
    for (long from = 0; from < all; from += chunk) {
      NDArray some = places.get(new NDIndex().addSliceDim(from, Math.min(all, from + chunk)));
      try (NDManager scope = a.getManager().newSubManager()) {
        NDArray products = some.matMul(transposed);
        products.attach(scope);
        NDArray best = products.argMax(1);
        best.attach(scope);
        NDArray index = best.reshape(-1, 1).broadcast(best.getShape().get(0), channels);
        index.attach(scope);
        matched.add(guide.gather(index, 0));
      }
    }
    Shape shape = a.getShape();
    return NDArrays.concat(matched, 0)
        .reshape(shape.get(0), shape.get(2), shape.get(3), shape.get(1))
        .transpose(0, 3, 1, 2);
  }

  @Override
  public double value(NDArray a, LayerExtent extent) {
    return seed(a, extent).mul(a).toType(DataType.FLOAT64, false).sum().getDouble();
  }

  /** Returns one row per cell, (h w, channels). */
  private static NDArray rows(NDArray a) {
    return a.transpose(0, 2, 3, 1).reshape(-1, a.getShape().get(1));
  }

  private NDArray guide(NDArray like) {
    return like.getManager()
        .create(features, new Shape(features.length / channels, channels))
        .toType(like.getDataType(), false);
  }
}
