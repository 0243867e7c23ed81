package io.reverie.core.weights.torch;

import io.reverie.core.weights.source.ForeignFormat;
import io.reverie.core.weights.source.MalformedWeights;
import io.reverie.core.weights.source.Region;
import io.reverie.core.weights.source.Source;
import io.reverie.core.weights.tensor.StateDict;
import io.reverie.core.weights.tensor.Tensor;
import io.reverie.core.weights.tensor.TensorNames;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Converts an unpickled dictionary to tensors by name. */
final class TorchState {

  /**
   * Tensors may share storages, as tied weights do, but their total may be at most this many times
   * the size of the file.
   */
  private static final int MAX_SHARED = 8;

  private TorchState() {}

  /** Looks up storages by key. */
  interface Storages {
    Region find(String key) throws IOException, MalformedWeights;
  }

  /**
   * Collects the tensors of the one dictionary that holds them, and removes wrappers from names.
   */
  static StateDict of(Source source, Object unpickled, Storages storages)
      throws IOException, MalformedWeights, ForeignFormat {
    Map<String, Region> found = new HashMap<>();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    long left = MAX_SHARED * source.size();
    for (Map.Entry<String, Object> entry : TensorMaps.only(unpickled).entries().entrySet()) {
      if (entry.getValue() instanceof TorchPickle.Reference tensor) {
        String key = tensor.storage().key();
        if (!found.containsKey(key)) {
          found.put(key, storages.find(key));
        }
        put(tensors, TensorNames.plain(entry.getKey()), tensor.layout().in(found.get(key)));
        left -= tensor.layout().bytes();
        requireModest(left);
      }
    }
    return new StateDict(source.name(), tensors);
  }

  private static void requireModest(long left) throws MalformedWeights {
    if (left < 0) {
      throw new MalformedWeights(
          "its tensors share storages and together exceed %d times the size of the file"
              .formatted(MAX_SHARED));
    }
  }

  private static void put(Map<String, Tensor> tensors, String name, Tensor tensor)
      throws MalformedWeights {
    if (tensors.put(name, tensor) != null) {
      throw new MalformedWeights("it contains the tensor %s twice".formatted(name));
    }
  }
}
