package io.reverie.core.weights.tensor;

import io.reverie.core.DreamException;
import io.reverie.core.text.Listing;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

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

  /** Returns the name of the weights in error messages. */
  public String origin() {
    return origin;
  }

  /**
   * Returns the tensors whose names begin with a prefix, without it.
   *
   * @param prefix empty for all
   */
  public StateDict below(String prefix) {
    if (prefix.isEmpty()) {
      return this;
    }
    Map<String, Tensor> below = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            below.put(name.substring(prefix.length()), tensor);
          }
        });
    return new StateDict(origin, below);
  }

  /**
   * Returns the same tensors under other names.
   *
   * @param rename gives each a name of its own
   */
  public StateDict renamed(UnaryOperator<String> rename) {
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> renamed.put(rename.apply(name), tensor));
    return new StateDict(origin, renamed);
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
      throw mismatch(List.of(name), tensors.keySet());
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

  /**
   * Reports that tensors are missing.
   *
   * @param missing names that the network needs
   * @param unexpected names that it does not
   */
  public DreamException mismatch(Collection<String> missing, Collection<String> unexpected) {
    return mismatch(
        "lack the %s %s%s"
            .formatted(
                missing.size() == 1 ? "tensor" : "tensors",
                Listing.of(missing),
                unexpected.isEmpty() ? "" : " and have the unexpected " + Listing.of(unexpected)));
  }

  private DreamException mismatch(String what) {
    return new DreamException(
        "the weights %s belong to another network: they %s; pass this network's weights, or name theirs with --network"
            .formatted(origin, what));
  }
}
