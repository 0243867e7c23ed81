package io.reverie.core.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** From an unpickled dictionary to tensors by name. */
final class TorchState {

  private static final String PARALLEL = "module.";

  private TorchState() {}

  /** Gives a storage's bytes, little-endian. */
  interface Storages {
    ByteBuffer bytes(TorchPickle.Storage storage) throws IOException, MalformedWeights;
  }

  /** Takes the tensors out, also from below a {@code state_dict} entry, and drops "module.". */
  static StateDict of(Object unpickled, Storages storages) throws IOException, MalformedWeights {
    if (!(unpickled instanceof Map<?, ?> outer)) {
      throw new MalformedWeights("it holds no dictionary of tensors");
    }
    Map<?, ?> map = outer.get("state_dict") instanceof Map<?, ?> inner ? inner : outer;
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (entry.getValue() instanceof TorchPickle.Reference tensor) {
        ByteBuffer bytes = storages.bytes(tensor.storage());
        tensors.put(String.valueOf(entry.getKey()), tensor.layout().read(bytes));
      }
    }
    if (tensors.isEmpty()) {
      throw new MalformedWeights("it holds no tensors");
    }
    return new StateDict(withoutPrefix(tensors));
  }

  /** DataParallel puts "module." before every name. */
  private static Map<String, Tensor> withoutPrefix(Map<String, Tensor> tensors) {
    if (!tensors.keySet().stream().allMatch(name -> name.startsWith(PARALLEL))) {
      return tensors;
    }
    Map<String, Tensor> plain = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> plain.put(name.substring(PARALLEL.length()), tensor));
    return plain;
  }
}
