package io.reverie.core.weights;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * PyTorch's container before 1.6: pickles one after the other (a magic number, the protocol, facts
 * of the system, the tensors, the storages' keys), then for each storage its count and its bytes.
 */
final class TorchLegacyReader {

  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);

  private TorchLegacyReader() {}

  static StateDict read(Path file) throws IOException, MalformedWeights {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer bytes = map(channel);
      InputStream in = new BufferStream(bytes);
      if (!(TorchPickle.read(in) instanceof BigInteger magic) || !magic.equals(MAGIC)) {
        throw new MalformedWeights("it is a pickle, but not PyTorch's");
      }
      TorchPickle.read(in);
      if (TorchPickle.read(in) instanceof Map<?, ?> system
          && Boolean.FALSE.equals(system.get("little_endian"))) {
        throw new MalformedWeights("it was written on a big-endian machine");
      }
      Object unpickled = TorchPickle.read(in);
      return TorchState.of(unpickled, storages(TorchPickle.read(in), unpickled, bytes));
    }
  }

  /** The whole file, little-endian; at most 2 GiB. */
  static ByteBuffer map(FileChannel channel) throws IOException, MalformedWeights {
    if (channel.size() > Integer.MAX_VALUE) {
      throw new MalformedWeights("it is larger than 2 GiB");
    }
    return channel
        .map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static TorchState.Storages storages(Object keys, Object unpickled, ByteBuffer bytes)
      throws MalformedWeights {
    if (!(keys instanceof List<?> list)) {
      throw new MalformedWeights("it lists no storages");
    }
    Map<String, ElementType> types = new HashMap<>();
    collectTypes(unpickled, types);
    Map<String, ByteBuffer> storages = new HashMap<>();
    for (Object key : list) {
      ElementType type = types.get(String.valueOf(key));
      if (type == null || bytes.remaining() < 8) {
        throw new MalformedWeights("its storages do not fit its tensors");
      }
      long length = bytes.getLong() * type.bytes();
      if (length < 0 || length > bytes.remaining()) {
        throw new MalformedWeights("it is cut off");
      }
      storages.put(
          String.valueOf(key),
          bytes.slice(bytes.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN));
      bytes.position(bytes.position() + (int) length);
    }
    return storage -> {
      ByteBuffer found = storages.get(storage.key());
      if (found == null) {
        throw new MalformedWeights("it lacks the storage " + storage.key());
      }
      return found;
    };
  }

  private static void collectTypes(Object value, Map<String, ElementType> types) {
    if (value instanceof Map<?, ?> map) {
      map.values().forEach(each -> collectTypes(each, types));
    } else if (value instanceof TorchPickle.Reference tensor) {
      types.put(tensor.storage().key(), tensor.storage().type());
    }
  }

  /** Reads on from a buffer's position, so that pickles and raw bytes can take turns. */
  private static final class BufferStream extends InputStream {

    private final ByteBuffer bytes;

    BufferStream(ByteBuffer bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return bytes.hasRemaining() ? bytes.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (!bytes.hasRemaining()) {
        return -1;
      }
      int count = Math.min(length, bytes.remaining());
      bytes.get(into, offset, count);
      return count;
    }
  }
}
