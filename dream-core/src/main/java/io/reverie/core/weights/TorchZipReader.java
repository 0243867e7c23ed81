package io.reverie.core.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** PyTorch's container since 1.6: a zip of one pickle and a file for each storage. */
final class TorchZipReader {

  private static final String PICKLE = "data.pkl";
  private static final int LARGEST_PICKLE = 64 << 20;

  private TorchZipReader() {}

  static StateDict read(Path file) throws IOException, MalformedWeights {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      String prefix = prefix(zip);
      requireLittleEndian(zip, prefix);
      Object unpickled = TorchPickle.read(bytes(zip, prefix + PICKLE, LARGEST_PICKLE)).value();
      Map<String, ByteBuffer> read = new HashMap<>();
      return TorchState.of(
          file.toString(),
          unpickled,
          storage -> {
            ByteBuffer known = read.get(storage.key());
            if (known == null) {
              byte[] data = stored(zip, prefix + "data/" + storage.key());
              known = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
              read.put(storage.key(), known);
            }
            return known;
          });
    } catch (ZipException e) {
      throw new MalformedWeights("it is a broken zip (%s)".formatted(e.getMessage()), e);
    }
  }

  private static String prefix(ZipFile zip) throws MalformedWeights {
    if (zip.stream().anyMatch(e -> e.getName().endsWith("/constants.pkl"))) {
      throw new MalformedWeights(
          "it is a TorchScript module; name it in a descriptor with 'architecture: torchscript'");
    }
    return zip.stream()
        .map(ZipEntry::getName)
        .filter(name -> name.equals(PICKLE) || name.endsWith("/" + PICKLE))
        .findFirst()
        .map(name -> name.substring(0, name.length() - PICKLE.length()))
        .orElseThrow(() -> new MalformedWeights("it is a zip without " + PICKLE));
  }

  private static void requireLittleEndian(ZipFile zip, String prefix)
      throws IOException, MalformedWeights {
    if (zip.getEntry(prefix + "byteorder") != null) {
      String order = new String(bytes(zip, prefix + "byteorder", 16), StandardCharsets.US_ASCII);
      if (!order.equals("little")) {
        throw new MalformedWeights("it was written on a big-endian machine");
      }
    }
  }

  /** PyTorch never compresses, and so a small file cannot fill the memory. */
  private static byte[] stored(ZipFile zip, String name) throws IOException, MalformedWeights {
    ZipEntry entry = zip.getEntry(name);
    if (entry != null && entry.getMethod() != ZipEntry.STORED) {
      throw new MalformedWeights("its entry %s is compressed".formatted(name));
    }
    return bytes(zip, name, Integer.MAX_VALUE - 16);
  }

  private static byte[] bytes(ZipFile zip, String name, int limit)
      throws IOException, MalformedWeights {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new MalformedWeights("it lacks the entry " + name);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(limit);
      if (in.read() >= 0) {
        throw new MalformedWeights("its entry %s is too large".formatted(name));
      }
      return bytes;
    }
  }
}
