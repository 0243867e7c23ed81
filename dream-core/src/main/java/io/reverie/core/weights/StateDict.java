package io.reverie.core.weights;

import io.reverie.core.DreamException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The tensors of a weights file by name, in the file's order. */
public final class StateDict {

  private final String origin;
  private final Map<String, Tensor> tensors;

  /**
   * Takes tensors.
   *
   * @param origin what to call them in messages
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
   * The tensor of this name.
   *
   * @throws DreamException if there is none, naming some that there are
   */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw anothers(
          "lack the tensor '%s' and have %s"
              .formatted(name, tensors.keySet().stream().limit(5).toList()));
    }
    return tensor;
  }

  /**
   * The tensor of this name.
   *
   * @throws DreamException if there is none, or one of another shape
   */
  public Tensor get(String name, long... shape) {
    Tensor tensor = get(name);
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw anothers(
          "have the tensor '%s' in the shape %s, not %s"
              .formatted(name, Arrays.toString(tensor.shape()), Arrays.toString(shape)));
    }
    return tensor;
  }

  private DreamException anothers(String what) {
    return new DreamException(
        "the weights %s are another network's: they %s; give this network's, or name theirs with --network"
            .formatted(origin, what));
  }
}
