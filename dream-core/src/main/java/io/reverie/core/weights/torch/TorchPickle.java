package io.reverie.core.weights.torch;

import io.reverie.core.pickle.Dictionary;
import io.reverie.core.pickle.Foreign;
import io.reverie.core.pickle.Globals;
import io.reverie.core.pickle.MalformedPickle;
import io.reverie.core.pickle.MemoryBudget;
import io.reverie.core.pickle.OpaqueValue;
import io.reverie.core.pickle.Pickle;
import io.reverie.core.pickle.Tuple;
import io.reverie.core.weights.source.MalformedWeights;
import io.reverie.core.weights.tensor.ElementType;
import io.reverie.core.weights.tensor.TensorLayout;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the pickles of PyTorch files. A pickle can call any function; this class knows a handful of
 * names that create plain data, and puts an inert placeholder in place of every other object, so
 * nothing of the file ever runs. Names that run code wherever PyTorch reads the file are refused:
 * weights never need them.
 */
final class TorchPickle implements Globals {

  /** Modules with functions that run programs or code. */
  private static final Set<String> ATTACKS =
      Set.of(
          "os",
          "posix",
          "nt",
          "subprocess",
          "commands",
          "popen2",
          "pty",
          "runpy",
          "code",
          "importlib",
          "imp",
          "ctypes",
          "socket",
          "shutil",
          "webbrowser",
          "pickle",
          "marshal",
          "sys");

  private static final Set<String> BUILTINS = Set.of("builtins", "__builtin__");

  private static final Set<String> EVALUATORS =
      Set.of("eval", "exec", "execfile", "compile", "open", "input", "__import__", "breakpoint");

  private static final int LONGEST_KEY = 255;
  private static final int REFERENCE = 256;

  private final Map<String, ElementType> storages = new HashMap<>();

  private TorchPickle() {}

  /**
   * The content of a pickle.
   *
   * @param value plain data, and a {@link Reference} for each tensor
   * @param storages types of the referenced storages by key
   */
  record Content(Object value, Map<String, ElementType> storages) {}

  /** Reads one pickle and not a byte more. */
  static Content read(InputStream in) throws IOException, MalformedWeights {
    TorchPickle globals = new TorchPickle();
    try {
      return new Content(Pickle.read(in, globals), globals.storages);
    } catch (MalformedPickle e) {
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
          case "torch._utils._rebuild_parameter",
              "torch._utils._rebuild_parameter_with_state",
              "torch.Size" ->
              (arguments, memory) -> arguments.get(0);
          // A tensor with attributes of its own, which are dropped.
          case "torch._tensor._rebuild_from_type_v2", "torch.tensor._rebuild_from_type_v2" ->
              (arguments, memory) ->
                  arguments.get(0, Factory.class).create(arguments.get(2, Tuple.class), memory);
          case "collections.OrderedDict" -> Dictionary::ofPairs;
          case "collections.defaultdict" ->
              (arguments, memory) -> Dictionary.ofPairs(Tuple.EMPTY, memory);
          // Metrics and other values that a checkpoint stores besides the network.
          case "numpy.core.multiarray.scalar",
              "numpy._core.multiarray.scalar",
              "numpy.dtype",
              "_codecs.encode",
              "torch.device" ->
              (arguments, memory) -> OpaqueValue.OBJECT;
          default -> foreign(new Foreign(module, name));
        };
    return known;
  }

  private static Foreign foreign(Foreign foreign) throws MalformedPickle {
    String top = foreign.module().split("\\.", 2)[0];
    if (ATTACKS.contains(top) || (BUILTINS.contains(top) && EVALUATORS.contains(foreign.name()))) {
      throw new MalformedPickle("it calls '%s', which weights never need".formatted(foreign));
    }
    return foreign;
  }

  private static Object tensor(Tuple a, MemoryBudget memory) throws MalformedPickle {
    memory.reserve(REFERENCE);
    if (a.get(0) instanceof Foreign unknown) {
      return unknown;
    }
    Storage storage = a.get(0, Storage.class);
    long offset = storage.offset() + a.get(1, Long.class);
    return new Reference(
        storage,
        new TensorLayout(
            storage.type(), offset, longs(a.get(2, Tuple.class)), longs(a.get(3, Tuple.class))));
  }

  /**
   * The id is ('storage', type, key, device, count[, (view, offset, count) or None]), or ('module',
   * class, source file, source) for the class of a pickled module. A storage of an unknown type is
   * a placeholder.
   */
  @Override
  public Object stored(Tuple id) throws MalformedPickle {
    if (id.size() > 1
        && id.get(1) instanceof Foreign unknown
        && ("storage".equals(id.get(0)) || "module".equals(id.get(0)))) {
      return unknown;
    }
    if (id.size() < 5
        || !"storage".equals(id.get(0))
        || !(id.get(1) instanceof ElementType type)
        || !(id.get(2) instanceof String key)
        || key.length() > LONGEST_KEY) {
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
