package io.reverie.core.weights;

import io.reverie.core.pickle.Dictionary;
import io.reverie.core.pickle.Globals;
import io.reverie.core.pickle.Inert;
import io.reverie.core.pickle.MalformedPickle;
import io.reverie.core.pickle.Pickle;
import io.reverie.core.pickle.Room;
import io.reverie.core.pickle.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The pickles inside PyTorch's files. A pickle may name any function and have it called; here a
 * handful of names are known, each makes plain data, and any other is refused before anything runs.
 */
final class TorchPickle implements Globals {

  private static final int LONGEST_KEY = 255;
  private static final int REFERENCE = 256;

  private final Map<String, ElementType> storages = new HashMap<>();

  private TorchPickle() {}

  /**
   * What a pickle holds.
   *
   * @param value plain data, and a {@link Reference} for each tensor
   * @param storages the types of the storages that it names, by key
   */
  record Content(Object value, Map<String, ElementType> storages) {}

  /** Reads one pickle and no byte more. */
  static Content read(InputStream in) throws IOException, MalformedWeights {
    TorchPickle globals = new TorchPickle();
    try {
      return new Content(Pickle.read(in, globals), globals.storages);
    } catch (MalformedPickle e) {
      throw new MalformedWeights("its pickle is not PyTorch's: " + e.getMessage(), e);
    }
  }

  /**
   * A storage that the pickle names.
   *
   * @param key its name in the file
   * @param offset where a view of it begins, in elements
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
    Maker known =
        switch (module + "." + name) {
          case "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor" ->
              TorchPickle::tensor;
          case "torch._utils._rebuild_parameter", "torch.Size" ->
              (arguments, room) -> arguments.get(0);
          case "collections.OrderedDict" -> Dictionary::ofPairs;
          // Scores and the like that a checkpoint has besides the network.
          case "numpy.core.multiarray.scalar",
              "numpy._core.multiarray.scalar",
              "numpy.dtype",
              "_codecs.encode",
              "torch.device" ->
              (arguments, room) -> Inert.OBJECT;
          default ->
              throw new MalformedPickle(
                  "it wants to run '%s.%s', which no weights need".formatted(module, name));
        };
    return known;
  }

  private static Object tensor(Tuple a, Room room) throws MalformedPickle {
    room.take(REFERENCE);
    Storage storage = a.get(0, Storage.class);
    long offset = storage.offset() + a.get(1, Long.class);
    return new Reference(
        storage,
        new TensorLayout(
            storage.type(), offset, longs(a.get(2, Tuple.class)), longs(a.get(3, Tuple.class))));
  }

  /** ('storage', type, key, device, count[, (view, offset, count) or None]). */
  @Override
  public Object stored(Tuple id) throws MalformedPickle {
    if (id.size() < 5
        || !"storage".equals(id.get(0))
        || !(id.get(1) instanceof ElementType type)
        || !(id.get(2) instanceof String key)
        || key.length() > LONGEST_KEY) {
      throw new MalformedPickle("it names something that is no storage");
    }
    long offset = id.size() > 5 && id.get(5) instanceof Tuple view ? view.get(1, Long.class) : 0;
    storages.put(key, type);
    return new Storage(type, key, offset);
  }

  private static long[] longs(Tuple tuple) throws MalformedPickle {
    if (tuple.size() > TensorLayout.MOST_SIDES) {
      throw new MalformedPickle("it has a tensor of %d dimensions".formatted(tuple.size()));
    }
    long[] longs = new long[tuple.size()];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = tuple.get(i, Long.class);
    }
    return longs;
  }
}
