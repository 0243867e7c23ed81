package io.reverie.core.network;

import ai.djl.ndarray.NDArray;
import io.reverie.core.Size;
import io.reverie.core.network.graph.Head;
import io.reverie.core.network.graph.Layer;
import io.reverie.core.network.graph.Reach;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A trained network on a device. Thread-safe: dreams in several threads share one. Closing it frees
 * its weights.
 */
public sealed interface Network extends AutoCloseable permits LayerNetwork, ScriptNetwork {

  /** The name that users call it by. */
  String name();

  /** The layers that give something out for an image of this size, in the network's order. */
  List<Layer> layers(Size size);

  /** The shorter side of the smallest image that reaches the layer, in pixels. */
  int minimumSide(String layer);

  /**
   * Runs an image through, no further than the last wanted layer; gradients flow.
   *
   * @param nhwc (1, H, W, 3), RGB in 0..255, of the network's number type
   * @param layers names of {@link #layers}
   * @return by name, each (1, channels, h, w), in the image's scope
   * @throws io.reverie.core.DreamException for a layer that the network has not
   */
  Map<String, NDArray> activations(NDArray nhwc, Set<String> layers);

  /**
   * What the cells of a layer see.
   *
   * @return empty where they see the whole image, and for a TorchScript module whose descriptor
   *     does not state it
   * @throws io.reverie.core.DreamException for a layer that the network has not
   */
  Optional<Reach> reach(String layer);

  /** Where the network pools the whole image; empty if it does not, or if nobody knows. */
  Optional<Head> head();

  /**
   * Runs from the pooling of the whole image on; gradients flow.
   *
   * @param pooled (1, channels, bins, bins): what the pooling of {@link #head} gives out
   * @param layers names of layers whose cells see the whole image
   * @return by name, each (1, channels, h, w), in the scope of {@code pooled}
   */
  Map<String, NDArray> headActivations(NDArray pooled, Set<String> layers);

  /** The scope that images for this network are made in; a sub-scope of it for each dream. */
  ai.djl.ndarray.NDManager manager();

  @Override
  void close();
}
