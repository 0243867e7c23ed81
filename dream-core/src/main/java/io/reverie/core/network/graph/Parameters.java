package io.reverie.core.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.weights.tensor.StateDict;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A network's tensors on a device, by key. Shared by threads; never differentiated. */
public final class Parameters {

  private final Map<String, NDArray> tensors;

  private final DataType type;

  private Parameters(Map<String, NDArray> tensors, DataType type) {
    this.tensors = Map.copyOf(tensors);
    this.type = type;
  }

  /** A tensor that the network may be without, such as a bias. */
  @Nullable NDArray find(String key) {
    return tensors.get(key);
  }

  public NDArray get(String key) {
    return Objects.requireNonNull(tensors.get(key));
  }

  /** Creates a tensor of ones in these parameters' type, in the scope of a tensor. */
  public NDArray onesLike(NDArray scope, long... shape) {
    return scope.getManager().ones(new Shape(shape), type);
  }

  /** Converts tensors to one number type and collects them in a scope. */
  public static final class Builder {

    private final NDManager manager;
    private final DataType type;
    private final Map<String, NDArray> tensors = new HashMap<>();

    public Builder(NDManager manager, DataType type) {
      this.manager = manager;
      this.type = type;
    }

    public void put(StateDict weights, String key, long... shape) {
      put(key, manager.create(weights.get(key, shape).values(), new Shape(shape)));
    }

    public void put(String key, double[] values, long... shape) {
      put(key, manager.create(values, new Shape(shape)));
    }

    private void put(String key, NDArray tensor) {
      // Always a copy: without a conversion toType would share the memory of a Java buffer.
      NDArray converted = tensor.toType(type, false).duplicate();
      tensor.close();
      converted.setRequiresGradient(false);
      tensors.put(key, converted);
    }

    public Parameters build() {
      return new Parameters(tensors, type);
    }
  }
}
