package io.reverie.core.weights;

import io.reverie.core.pickle.Dictionary;
import io.reverie.core.pickle.Globals;
import io.reverie.core.pickle.MalformedPickle;
import io.reverie.core.pickle.MemoryBudget;
import io.reverie.core.pickle.OpaqueValue;
import io.reverie.core.pickle.Pickle;
import io.reverie.core.pickle.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the pickles of PyTorch files. A pickle can call any function; this class knows a handful of
 * names that create plain data and rejects every other name before anything runs.
 */
final class TorchPickle implements Globals {

  private static final int LONGEST_KEY = 255;
  private static final int REFERENCE = 256;

  private static final Pattern MODEL =
      Pattern.compile("(torch\\.nn\\.modules|torchvision\\.models|timm\\.models|fastai)\\..*");

  private final Map<String, ElementType> storages = new HashMap<>();

  /** The class of a network that the pickle makes, if it does. */
  private Optional<String> model = Optional.empty();

  private TorchPickle() {}

  /**
   * The content of a pickle.
   *
   * @param value plain data, and a {@link Reference} for each tensor
   * @param storages types of the referenced storages by key
   */
  record Content(Object value, Map<String, ElementType> storages) {}

  /** Reads one pickle and not a byte more. */
  static Content read(InputStream in) throws IOException, MalformedWeights, ForeignFormat {
    TorchPickle globals = new TorchPickle();
    try {
      return new Content(Pickle.read(in, globals), globals.storages);
    } catch (MalformedPickle e) {
      if (globals.model.isPresent()) {
        throw new ForeignFormat(
            "is a whole network with its Python class (%s), which is never run; save only its tensors: torch.save(model.state_dict(), 'weights.pth')"
                .formatted(globals.model.get()));
      }
      throw new MalformedWeights("its pickle is not from PyTorch: " + e.getMessage(), e);
    }
  }

  /**
   * A view of a storage.
   *
   * @param key name of the storage in the file
   * @param offset start of the view in elements
   */
  record Storage(ElementType type, String key, long offset) {}

  /** A tensor within a storage. */
  record Reference(Storage storage, TensorLayout layout) {}

  @Override
  public Object named(String module, String name) throws MalformedPickle {
    Optional<ElementType> type =
        module.equals("torch") ? ElementType.ofTorch(name) : Optional.empty();
    if (type.isPresent()) {
      return type.get();
    }
    Factory known =
        switch (module + "." + name) {
          case "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor" ->
              TorchPickle::tensor;
          case "torch._utils._rebuild_parameter", "torch.Size" ->
              (arguments, memory) -> arguments.get(0);
          case "collections.OrderedDict" -> Dictionary::ofPairs;
          // Metrics and other values that a checkpoint stores besides the network.
          case "numpy.core.multiarray.scalar",
              "numpy._core.multiarray.scalar",
              "numpy.dtype",
              "_codecs.encode",
              "torch.device" ->
              (arguments, memory) -> OpaqueValue.OBJECT;
          default -> {
            String called = module + "." + name;
            model = MODEL.matcher(called).matches() ? Optional.of(called) : Optional.empty();
            throw new MalformedPickle("it calls '%s', which weights never need".formatted(called));
          }
        };
    return known;
  }

  private static Object tensor(Tuple a, MemoryBudget memory) throws MalformedPickle {
    memory.reserve(REFERENCE);
    Storage storage = a.get(0, Storage.class);
    long offset = storage.offset() + a.get(1, Long.class);
    return new Reference(
        storage,
        new TensorLayout(
            storage.type(), offset, longs(a.get(2, Tuple.class)), longs(a.get(3, Tuple.class))));
  }

  /** The id is ('storage', type, key, device, count[, (view, offset, count) or None]). */
  @Override
  public Object stored(Tuple id) throws MalformedPickle {
    if (id.size() < 5
        || !"storage".equals(id.get(0))
        || !(id.get(1) instanceof ElementType type)
        || !(id.get(2) instanceof String key)
        || key.length() > LONGEST_KEY) {
      if (id.size() > 1 && "module".equals(id.get(0))) {
        model = Optional.of("its source is in the file");
      }
      throw new MalformedPickle("it refers to something that is not a storage");
    }
    long offset = id.size() > 5 && id.get(5) instanceof Tuple view ? view.get(1, Long.class) : 0;
    storages.put(key, type);
    return new Storage(type, key, offset);
  }

  private static long[] longs(Tuple tuple) throws MalformedPickle {
    if (tuple.size() > TensorLayout.MAX_DIMENSIONS) {
      throw new MalformedPickle("it has a tensor of %d dimensions".formatted(tuple.size()));
    }
    long[] longs = new long[tuple.size()];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = tuple.get(i, Long.class);
    }
    return longs;
  }
}
