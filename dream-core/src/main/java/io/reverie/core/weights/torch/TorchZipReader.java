package io.reverie.core.weights.torch;

import io.reverie.core.weights.source.ForeignFormat;
import io.reverie.core.weights.source.MalformedWeights;
import io.reverie.core.weights.source.Region;
import io.reverie.core.weights.source.Source;
import io.reverie.core.weights.source.ZipDirectory;
import io.reverie.core.weights.source.ZipEntry;
import io.reverie.core.weights.tensor.StateDict;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.ZipException;

/** Reads PyTorch's container since 1.6: a zip with one pickle and a file per storage. */
public final class TorchZipReader {

  private static final String PICKLE = "data.pkl";

  private final Source source;
  private final ZipDirectory zip;
  private final String prefix;

  private TorchZipReader(Source source) throws IOException, MalformedWeights, ForeignFormat {
    this.source = source;
    this.zip = ZipDirectory.read(source);
    this.prefix = prefix();
  }

  public static StateDict read(Source source) throws IOException, MalformedWeights, ForeignFormat {
    try {
      TorchZipReader reader = new TorchZipReader(source);
      reader.requireLittleEndian();
      return TorchState.of(source, reader.pickle(), reader::storage);
    } catch (ZipException e) {
      throw new MalformedWeights("it is a broken zip (%s)".formatted(e.getMessage()), e);
    }
  }

  private String prefix() throws ForeignFormat {
    if (zip.names().stream().anyMatch(name -> name.endsWith("/constants.pkl"))) {
      throw new ForeignFormat(
          "is a TorchScript module, a network with its weights; name it in a descriptor with 'architecture: torchscript'");
    }
    return zip.names().stream()
        .filter(name -> name.equals(PICKLE) || name.endsWith("/" + PICKLE))
        .findFirst()
        .map(name -> name.substring(0, name.length() - PICKLE.length()))
        .orElseThrow(
            () ->
                new ForeignFormat(
                    "is a zip without weights: it has neither PyTorch's %s nor a TensorFlow graph (.pb)"
                        .formatted(PICKLE)));
  }

  private void requireLittleEndian() throws IOException, MalformedWeights {
    Optional<ZipEntry> entry = zip.find(prefix + "byteorder");
    if (entry.isPresent()) {
      try (InputStream in = entry.get().open(source)) {
        if (!new String(in.readNBytes(16), StandardCharsets.US_ASCII).equals("little")) {
          throw new MalformedWeights("it was written on a big-endian machine");
        }
      }
    }
  }

  private Object pickle() throws IOException, MalformedWeights {
    try (InputStream in = new BufferedInputStream(entry(PICKLE).open(source))) {
      return TorchPickle.read(in).value();
    }
  }

  private Region storage(String key) throws IOException, MalformedWeights {
    return entry("data/" + key).storage(source);
  }

  private ZipEntry entry(String name) throws MalformedWeights {
    return zip.find(prefix + name)
        .orElseThrow(() -> new MalformedWeights("it lacks the entry " + prefix + name));
  }
}
