package io.reverie.core.weights.torch;

import io.reverie.core.pickle.Dictionary;
import io.reverie.core.pickle.Items;
import io.reverie.core.weights.source.ForeignFormat;
import io.reverie.core.weights.source.MalformedWeights;
import io.reverie.core.weights.source.Region;
import io.reverie.core.weights.source.Source;
import io.reverie.core.weights.source.SourceStream;
import io.reverie.core.weights.tensor.ElementType;
import io.reverie.core.weights.tensor.StateDict;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads PyTorch's container before 1.6: a series of pickles (a magic number, the protocol, system
 * information, the tensors, the keys of the storages), then the element count and the bytes of each
 * storage.
 */
public final class TorchLegacyReader {

  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final int COUNT = 8;

  private TorchLegacyReader() {}

  public static StateDict read(Source source) throws IOException, MalformedWeights, ForeignFormat {
    SourceStream in = new SourceStream(source, 0, source.size());
    if (!(TorchPickle.read(in).value() instanceof BigInteger magic) || !magic.equals(MAGIC)) {
      throw new ForeignFormat(
          "is a Python pickle, but not from PyTorch; save the network's tensors with torch.save");
    }
    TorchPickle.read(in);
    if (TorchPickle.read(in).value() instanceof Dictionary system
        && Boolean.FALSE.equals(system.entries().get("little_endian"))) {
      throw new MalformedWeights("it was written on a big-endian machine");
    }
    TorchPickle.Content content = TorchPickle.read(in);
    Object keys = TorchPickle.read(in).value();
    Map<String, Region> storages = storages(keys, content.storages(), source, in.position());
    return TorchState.of(source, content.value(), key -> storage(storages, key));
  }

  private static Region storage(Map<String, Region> storages, String key) throws MalformedWeights {
    Region found = storages.get(key);
    if (found == null) {
      throw new MalformedWeights("it lacks the storage " + key);
    }
    return found;
  }

  private static Map<String, Region> storages(
      Object keys, Map<String, ElementType> types, Source source, long begin)
      throws IOException, MalformedWeights {
    if (!(keys instanceof Items list)) {
      throw new MalformedWeights("it lists no storages");
    }
    Map<String, Region> storages = new HashMap<>();
    long at = begin;
    for (Object each : list.all()) {
      if (!(each instanceof String key)
          || !types.containsKey(key)
          || storages.containsKey(key)
          || source.size() - at < COUNT) {
        throw new MalformedWeights("its storages do not fit its tensors");
      }
      long count = source.read(at, COUNT).getLong();
      int size = types.get(key).bytes();
      at += COUNT;
      if (count < 0 || count > (source.size() - at) / size) {
        throw new MalformedWeights("it is truncated");
      }
      storages.put(key, new Region(source, at, count * size));
      at += count * size;
    }
    return storages;
  }
}
