package io.reverie.core.weights;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * The pickles inside PyTorch's files. A pickle may name any function and have it called; here a
 * handful of names are known, each makes plain data, and any other is refused before anything runs.
 */
final class TorchPickle extends Unpickler {

  private static final int LONGEST_TEXT = 1 << 16;

  /** Stands for what no network needs; nothing is made of it. */
  private static final String NOT_KEPT = "";

  private final Map<String, ElementType> storages = new LinkedHashMap<>();

  private TorchPickle() {}

  /**
   * What a pickle holds.
   *
   * @param value plain data, and a {@link Reference} for each tensor
   * @param storages the types of the storages that it names, by key
   */
  record Content(Object value, Map<String, ElementType> storages) {}

  static Content read(byte[] pickle) throws MalformedWeights {
    return read(new ByteArrayInputStream(pickle));
  }

  /** Reads one pickle and no byte more. */
  static Content read(InputStream in) throws MalformedWeights {
    TorchPickle pickle = new TorchPickle();
    try {
      return new Content(pickle.load(in), pickle.storages);
    } catch (IOException | RuntimeException e) {
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
  record Reference(Storage storage, long offset, long[] shape, long[] strides) {

    TensorLayout layout() {
      return new TensorLayout(storage.type(), storage.offset() + offset, shape, strides);
    }
  }

  @Override
  protected Object dispatch(short opcode) throws IOException {
    switch (opcode) {
      case Opcodes.GLOBAL ->
          stack.add(global(PickleUtils.readline(input), PickleUtils.readline(input)));
      case Opcodes.STACK_GLOBAL -> {
        String name = String.valueOf(stack.pop());
        stack.add(global(String.valueOf(stack.pop()), name));
      }
      case Opcodes.BINUNICODE -> stack.add(text());
      // The library's own dictionaries forget the order.
      case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<>());
      case Opcodes.SETITEMS -> setItems();
      case Opcodes.BINPERSID -> stack.add(storage((Object[]) stack.pop()));
      // Attributes of a dictionary, such as its version: of no use here.
      case Opcodes.BUILD -> stack.pop();
      case Opcodes.INST,
          Opcodes.OBJ,
          Opcodes.NEWOBJ,
          Opcodes.NEWOBJ_EX,
          Opcodes.EXT1,
          Opcodes.EXT2,
          Opcodes.EXT4,
          Opcodes.PERSID ->
          throw new PickleException("it wants to make an object (opcode " + opcode + ")");
      // Room for as much as these claim would be taken before one byte of it is there.
      case Opcodes.LONG4,
          Opcodes.BINSTRING,
          Opcodes.BINBYTES,
          Opcodes.BINBYTES8,
          Opcodes.BINUNICODE8,
          Opcodes.BYTEARRAY8 ->
          throw new PickleException("it holds something long (opcode " + opcode + ")");
      default -> {
        return super.dispatch(opcode);
      }
    }
    return NO_RETURN_VALUE;
  }

  private static Object global(String module, String name) {
    if (module.equals("torch") && ElementType.ofTorch(name).isPresent()) {
      return ElementType.ofTorch(name).get();
    }
    IObjectConstructor known =
        switch (module + "." + name) {
          case "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor" ->
              TorchPickle::tensor;
          case "torch._utils._rebuild_parameter" -> arguments -> arguments[0];
          case "collections.OrderedDict" -> TorchPickle::dictionary;
          case "torch.Size" -> arguments -> arguments[0];
          // Scores and the like that lie in a checkpoint beside the network.
          case "numpy.core.multiarray.scalar",
              "numpy._core.multiarray.scalar",
              "numpy.dtype",
              "_codecs.encode",
              "torch.device" ->
              arguments -> NOT_KEPT;
          default ->
              throw new PickleException(
                  "it wants to run '%s.%s', which no weights need".formatted(module, name));
        };
    return known;
  }

  @SuppressWarnings("unchecked")
  private void setItems() {
    List<Object> items = stack.pop_all_since_marker();
    Map<Object, Object> dictionary = (Map<Object, Object>) stack.peek();
    for (int i = 0; i + 1 < items.size(); i += 2) {
      dictionary.put(items.get(i), items.get(i + 1));
    }
  }

  private String text() throws IOException {
    int length = PickleUtils.bytes_to_integer(PickleUtils.readbytes(input, 4));
    if (length < 0 || length > LONGEST_TEXT) {
      throw new PickleException("it holds a text of %d bytes".formatted(length));
    }
    return new String(PickleUtils.readbytes(input, length), StandardCharsets.UTF_8);
  }

  private static Object tensor(Object[] a) {
    return new Reference((Storage) a[0], ((Number) a[1]).longValue(), longs(a[2]), longs(a[3]));
  }

  private static Object dictionary(Object[] arguments) {
    Map<Object, Object> dictionary = new LinkedHashMap<>();
    for (Object pairs : arguments) {
      for (Object pair : (List<?>) pairs) {
        Object[] both = pair instanceof List<?> list ? list.toArray() : (Object[]) pair;
        dictionary.put(both[0], both[1]);
      }
    }
    return dictionary;
  }

  /** ('storage', type, key, device, count[, (view, offset, count) or None]). */
  private Storage storage(Object[] id) {
    if (id.length < 5 || !"storage".equals(id[0]) || !(id[1] instanceof ElementType type)) {
      throw new PickleException("it names something that is no storage");
    }
    long offset =
        id.length > 5 && id[5] instanceof Object[] view ? ((Number) view[1]).longValue() : 0;
    storages.put(String.valueOf(id[2]), type);
    return new Storage(type, String.valueOf(id[2]), offset);
  }

  private static long[] longs(Object tuple) {
    Object[] values = (Object[]) tuple;
    long[] longs = new long[values.length];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = ((Number) values[i]).longValue();
    }
    return longs;
  }
}
