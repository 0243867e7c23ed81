package io.reverie.core.network;

import ai.djl.ndarray.NDArray;
import io.reverie.core.Size;
import io.reverie.core.network.graph.Layer;
import io.reverie.core.network.graph.Reach;
import io.reverie.core.network.graph.evaluation.Head;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A trained network on a device. Thread-safe: several dreams share one. Closing it frees its
 * weights.
 */
public sealed interface Network extends AutoCloseable permits LoadedNetwork {

  /** Returns the name for {@code --network}. */
  String name();

  /** Returns the layers that have an output for an image of this size, in the network's order. */
  List<Layer> layers(Size size);

  /** Returns the shorter side in pixels of the smallest image for which the layer has an output. */
  int minimumSide(String layer);

  /**
   * Runs an image through the network up to the last requested layer; differentiable.
   *
   * @param nhwc (1, H, W, 3), RGB in 0..255, in the network's number type
   * @param layers names of {@link #layers}
   * @return activations by layer name, each (1, channels, h, w) in the image's scope
   * @throws io.reverie.core.DreamException if the network lacks a layer
   */
  Map<String, NDArray> activations(NDArray nhwc, Set<String> layers);

  /**
   * Returns the stride and receptive field of a layer.
   *
   * @return empty if each cell sees the whole image, or for a TorchScript module whose descriptor
   *     does not state them
   * @throws io.reverie.core.DreamException if the network lacks a layer
   */
  Optional<Reach> reach(String layer);

  /**
   * Returns whether the places of the layers' cells depend on the image's size modulo their stride,
   * as with TensorFlow's SAME padding. A part of the image has its cells at the same places only if
   * its size leaves the same remainder.
   */
  boolean dependsOnSize();

  /** Returns the pooling of the whole image; empty if there is none or if it is unknown. */
  Optional<Head> head();

  /**
   * Runs the network from the pooling of the whole image on; differentiable.
   *
   * @param pooled (1, channels, bins, bins), the output of the pooling of {@link #head}
   * @param layers layers after the pooling
   * @return activations by layer name, each (1, channels, h, w) in the scope of {@code pooled}
   */
  Map<String, NDArray> headActivations(NDArray pooled, Set<String> layers);

  /** Returns the parent scope of this network's tensors; each dream creates a sub-scope. */
  ai.djl.ndarray.NDManager manager();

  @Override
  void close();
}
