package io.reverie.core.network;

import ai.djl.ndarray.NDArray;
import io.reverie.core.Size;
import java.util.List;
import java.util.Map;
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

  /** The scope that images for this network are made in; a sub-scope of it for each dream. */
  ai.djl.ndarray.NDManager manager();

  @Override
  void close();
}
