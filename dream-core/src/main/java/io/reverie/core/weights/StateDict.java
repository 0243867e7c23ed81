package io.reverie.core.weights;

import io.reverie.core.DreamException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The tensors of a weights file by name, in file order. */
public final class StateDict {

  private final String origin;
  private final Map<String, Tensor> tensors;

  /**
   * Wraps tensors.
   *
   * @param origin name of the weights in error messages
   */
  public StateDict(String origin, Map<String, Tensor> tensors) {
    this.origin = origin;
    this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  public Set<String> names() {
    return tensors.keySet();
  }

  public boolean has(String name) {
    return tensors.containsKey(name);
  }

  /**
   * Returns a tensor.
   *
   * @throws DreamException if it is missing
   */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw mismatch(
          "lack the tensor '%s' and have %s"
              .formatted(name, tensors.keySet().stream().limit(5).toList()));
    }
    return tensor;
  }

  /**
   * Returns a tensor of the given shape.
   *
   * @throws DreamException if it is missing or has another shape
   */
  public Tensor get(String name, long... shape) {
    Tensor tensor = get(name);
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw mismatch(
          "have the tensor '%s' in the shape %s, not %s"
              .formatted(name, Arrays.toString(tensor.shape()), Arrays.toString(shape)));
    }
    return tensor;
  }

  private DreamException mismatch(String what) {
    return new DreamException(
        "the weights %s belong to another network: they %s; pass this network's weights, or name theirs with --network"
            .formatted(origin, what));
  }
}
