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
      if (!(TorchPickle.read(in).value() instanceof BigInteger magic) || !magic.equals(MAGIC)) {
        throw new MalformedWeights("it is a pickle, but not PyTorch's");
      }
      TorchPickle.read(in);
      if (TorchPickle.read(in).value() instanceof Map<?, ?> system
          && Boolean.FALSE.equals(system.get("little_endian"))) {
        throw new MalformedWeights("it was written on a big-endian machine");
      }
      TorchPickle.Content content = TorchPickle.read(in);
      Object keys = TorchPickle.read(in).value();
      return TorchState.of(
          file.toString(), content.value(), storages(keys, content.storages(), bytes));
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

  private static TorchState.Storages storages(
      Object keys, Map<String, ElementType> types, ByteBuffer bytes) throws MalformedWeights {
    if (!(keys instanceof List<?> list)) {
      throw new MalformedWeights("it lists no storages");
    }
    Map<String, ByteBuffer> storages = new HashMap<>();
    for (Object key : list) {
      ElementType type = types.get(String.valueOf(key));
      if (type == null || bytes.remaining() < 8) {
        throw new MalformedWeights("its storages do not fit its tensors");
      }
      long count = bytes.getLong();
      if (count < 0 || count > bytes.remaining() / type.bytes()) {
        throw new MalformedWeights("it is cut off");
      }
      int length = (int) count * type.bytes();
      storages.put(
          String.valueOf(key),
          bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN));
      bytes.position(bytes.position() + length);
    }
    return storage -> {
      ByteBuffer found = storages.get(storage.key());
      if (found == null) {
        throw new MalformedWeights("it lacks the storage " + storage.key());
      }
      return found;
    };
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
