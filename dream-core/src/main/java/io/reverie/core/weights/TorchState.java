package io.reverie.core.weights;

import io.reverie.core.pickle.Dictionary;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Converts an unpickled dictionary to tensors by name. */
final class TorchState {

  private static final Pattern PARALLEL = Pattern.compile("(^|\\.)module\\.");

  private static final int LONGEST_NAME = 512;

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
   * Collects the tensors, also from a nested {@code state_dict}, and removes "module." from names.
   */
  static StateDict of(Source source, Object unpickled, Storages storages)
      throws IOException, MalformedWeights {
    if (!(unpickled instanceof Dictionary outer)) {
      throw new MalformedWeights("it contains no dictionary of tensors");
    }
    Dictionary state =
        outer.entries().get("state_dict") instanceof Dictionary inner ? inner : outer;
    Map<String, Region> found = new HashMap<>();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    long left = MAX_SHARED * source.size();
    for (Map.Entry<String, Object> entry : state.entries().entrySet()) {
      if (entry.getValue() instanceof TorchPickle.Reference tensor) {
        String key = tensor.storage().key();
        if (!found.containsKey(key)) {
          found.put(key, storages.find(key));
        }
        put(tensors, plain(entry.getKey()), tensor.layout().in(found.get(key)));
        left -= tensor.layout().bytes();
        requireModest(left);
      }
    }
    if (tensors.isEmpty()) {
      throw new MalformedWeights("it contains no tensors");
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

  /** Removes the "module." that DataParallel adds to the names of the whole network or a part. */
  private static String plain(String name) throws MalformedWeights {
    if (name.length() > LONGEST_NAME) {
      throw new MalformedWeights("it has a tensor name of %d characters".formatted(name.length()));
    }
    return PARALLEL.matcher(name).replaceAll("$1");
  }

  private static void put(Map<String, Tensor> tensors, String name, Tensor tensor)
      throws MalformedWeights {
    if (tensors.put(name, tensor) != null) {
      throw new MalformedWeights("it contains the tensor %s twice".formatted(name));
    }
  }
}
