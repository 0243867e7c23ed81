package io.reverie.core.weights;

import io.reverie.core.pickle.Dictionary;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** From an unpickled dictionary to tensors by name. */
final class TorchState {

  private static final Pattern PARALLEL = Pattern.compile("(^|\\.)module\\.");

  private static final int LONGEST_NAME = 512;

  /**
   * The tensors of a file may share storages, as tied weights do, but not so often that all of them
   * together are more than so many times the file.
   */
  private static final int MOST_SHARED = 8;

  private TorchState() {}

  /** Finds a storage by its key. */
  interface Storages {
    Region find(String key) throws IOException, MalformedWeights;
  }

  /** Takes the tensors out, also from below a {@code state_dict} entry, and drops "module.". */
  static StateDict of(Source source, Object unpickled, Storages storages)
      throws IOException, MalformedWeights {
    if (!(unpickled instanceof Dictionary outer)) {
      throw new MalformedWeights("it holds no dictionary of tensors");
    }
    Dictionary state =
        outer.entries().get("state_dict") instanceof Dictionary inner ? inner : outer;
    Map<String, Region> found = new HashMap<>();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    long left = MOST_SHARED * source.size();
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
      throw new MalformedWeights("it holds no tensors");
    }
    return new StateDict(source.name(), tensors);
  }

  private static void requireModest(long left) throws MalformedWeights {
    if (left < 0) {
      throw new MalformedWeights(
          "its tensors share their storages so often that they are more than %d times the file"
              .formatted(MOST_SHARED));
    }
  }

  /** DataParallel puts "module." before every name of what it wraps: all, or a part's. */
  private static String plain(String name) throws MalformedWeights {
    if (name.length() > LONGEST_NAME) {
      throw new MalformedWeights(
          "it has a tensor with a name of %d letters".formatted(name.length()));
    }
    return PARALLEL.matcher(name).replaceAll("$1");
  }

  private static void put(Map<String, Tensor> tensors, String name, Tensor tensor)
      throws MalformedWeights {
    if (tensors.put(name, tensor) != null) {
      throw new MalformedWeights("it holds the tensor %s twice".formatted(name));
    }
  }
}
