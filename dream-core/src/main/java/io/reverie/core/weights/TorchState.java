package io.reverie.core.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** From an unpickled dictionary to tensors by name. */
final class TorchState {

  private static final Pattern PARALLEL = Pattern.compile("(^|\\.)module\\.");

  private TorchState() {}

  /** Gives a storage's bytes, little-endian. */
  interface Storages {
    ByteBuffer bytes(TorchPickle.Storage storage) throws IOException, MalformedWeights;
  }

  /** Takes the tensors out, also from below a {@code state_dict} entry, and drops "module.". */
  static StateDict of(String origin, Object unpickled, Storages storages)
      throws IOException, MalformedWeights {
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
    return new StateDict(origin, plain(tensors));
  }

  /** DataParallel puts "module." before every name of what it wraps: all, or a part's. */
  private static Map<String, Tensor> plain(Map<String, Tensor> tensors) throws MalformedWeights {
    Map<String, Tensor> plain = new LinkedHashMap<>();
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      String name = PARALLEL.matcher(entry.getKey()).replaceAll("$1");
      if (plain.put(name, entry.getValue()) != null) {
        throw new MalformedWeights("it holds the tensor %s twice".formatted(name));
      }
    }
    return plain;
  }
}
