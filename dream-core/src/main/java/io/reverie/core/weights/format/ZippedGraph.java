package io.reverie.core.weights.format;

import io.reverie.core.weights.source.ForeignFormat;
import io.reverie.core.weights.source.MalformedWeights;
import io.reverie.core.weights.source.Source;
import io.reverie.core.weights.source.ZipDirectory;
import io.reverie.core.weights.source.ZipEntry;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;

/** Finds the TensorFlow graph in a zip, as Google publishes inception5h with its class names. */
public final class ZippedGraph {

  private static final String GRAPH = ".pb";
  private static final String SAVED_MODEL = "saved_model.pb";

  /**
   * Deflate shrinks trained weights by a tenth; a file that shrinks more than this contains none.
   */
  private static final int HIGHEST_RATIO = 4;

  /** Bytes; inception5h's have 10,000. */
  private static final int MOST_LABELS = 1 << 20;

  private ZippedGraph() {}

  /**
   * Opens the graph.
   *
   * @return empty if the zip may be PyTorch's
   * @throws ForeignFormat if the zip is of another known format
   */
  public static Optional<Source> find(Source source, ZipDirectory zip)
      throws IOException, MalformedWeights, ForeignFormat {
    if (has(zip, "data.pkl") || has(zip, "constants.pkl")) {
      return Optional.empty();
    }
    refuseOthers(zip);
    List<String> graphs = zip.names().stream().filter(ZippedGraph::isGraph).toList();
    if (graphs.size() > 1) {
      throw new ForeignFormat(
          "is a zip with %d TensorFlow graphs; unpack it and pass one of them"
              .formatted(graphs.size()));
    }
    if (graphs.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(content(source, zip.find(graphs.get(0)).orElseThrow()));
  }

  /**
   * Reads the names of the classes next to the graph, one per line.
   *
   * @return empty if the zip has no graph, or not one text named for labels
   */
  public static List<String> labels(Source source, ZipDirectory zip)
      throws IOException, MalformedWeights {
    List<String> texts = zip.names().stream().filter(ZippedGraph::isLabels).toList();
    if (texts.size() != 1 || zip.names().stream().noneMatch(ZippedGraph::isGraph)) {
      return List.of();
    }
    ZipEntry entry = zip.find(texts.get(0)).orElseThrow();
    if (entry.size() < 0 || entry.size() > MOST_LABELS) {
      throw new MalformedWeights(
          "its entry %s has %d bytes, too many for names of classes"
              .formatted(entry.name(), entry.size()));
    }
    try (InputStream in = entry.open(source)) {
      String text = new String(in.readNBytes((int) entry.size()), StandardCharsets.UTF_8);
      // What a terminal would obey does not belong in a name.
      return text.lines().map(line -> line.replaceAll("\\p{Cntrl}", " ").strip()).toList();
    } catch (ZipException | EOFException e) {
      throw new MalformedWeights("it is a broken zip (%s)".formatted(e.getMessage()), e);
    }
  }

  /** As imagenet_comp_graph_label_strings.txt. */
  private static boolean isLabels(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    return file.endsWith(".txt") && file.contains("label") && !file.startsWith(".");
  }

  private static void refuseOthers(ZipDirectory zip) throws ForeignFormat {
    if (has(zip, SAVED_MODEL)) {
      throw new ForeignFormat(
          "is a zip of TensorFlow's SavedModel; freeze it (freeze_graph) and pass the frozen graph");
    }
    if (has(zip, "model.weights.h5")) {
      throw new ForeignFormat(
          "is a Keras model; save the tensors of the network with PyTorch or as safetensors");
    }
    for (String packed : List.of(".caffemodel", ".pth", ".pt", ".safetensors", ".h5", ".tflite")) {
      Optional<String> name = zip.names().stream().filter(n -> n.endsWith(packed)).findFirst();
      if (name.isPresent()) {
        throw new ForeignFormat(
            "is a zip with the file %s in it; unpack it and pass that file".formatted(name.get()));
      }
    }
    if (zip.names().stream().anyMatch(name -> name.endsWith(".npy"))) {
      throw new ForeignFormat(
          "is a zip of NumPy arrays; save the tensors with PyTorch or as safetensors");
    }
  }

  private static boolean has(ZipDirectory zip, String file) {
    return zip.names().stream().anyMatch(name -> name.equals(file) || name.endsWith("/" + file));
  }

  /** Excludes resource forks of macOS, whose names start with a dot. */
  private static boolean isGraph(String name) {
    return name.endsWith(GRAPH) && !name.substring(name.lastIndexOf('/') + 1).startsWith(".");
  }

  private static Source content(Source source, ZipEntry entry)
      throws IOException, MalformedWeights {
    if (entry.method() == ZipEntry.STORED) {
      return new Source.Part(entry.stored(source));
    }
    if (entry.size() < 0
        || entry.size() / HIGHEST_RATIO > entry.compressed()
        || entry.compressed() > source.size()
        || entry.size() > Integer.MAX_VALUE - 8) {
      throw new MalformedWeights(
          "its entry %s has %d bytes compressed to %d"
              .formatted(entry.name(), entry.size(), entry.compressed()));
    }
    byte[] bytes = new byte[(int) entry.size()];
    try (InputStream in = entry.open(source)) {
      int read = in.readNBytes(bytes, 0, bytes.length);
      if (read < bytes.length) {
        throw new MalformedWeights("its entry %s is truncated".formatted(entry.name()));
      }
    } catch (ZipException e) {
      throw new MalformedWeights("it is a broken zip (%s)".formatted(e.getMessage()), e);
    }
    return new Source.OfBytes(source.name(), ByteBuffer.wrap(bytes));
  }
}
