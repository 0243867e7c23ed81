package io.reverie.core.weights;

import io.reverie.core.DreamException;
import io.reverie.core.weights.format.CaffeReader;
import io.reverie.core.weights.format.GraphReader;
import io.reverie.core.weights.format.SafetensorsReader;
import io.reverie.core.weights.format.ZippedGraph;
import io.reverie.core.weights.source.ForeignFormat;
import io.reverie.core.weights.source.MalformedWeights;
import io.reverie.core.weights.source.Source;
import io.reverie.core.weights.source.ZipDirectory;
import io.reverie.core.weights.tensor.StateDict;
import io.reverie.core.weights.torch.TorchLegacyReader;
import io.reverie.core.weights.torch.TorchZipReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads weights files: safetensors, both PyTorch containers, Caffe's networks and frozen TensorFlow
 * graphs, also in a zip.
 */
public final class WeightsFile {

  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final int HEAD = 8;
  private static final byte PICKLE_PROTOCOL = (byte) 0x80;

  private WeightsFile() {}

  /**
   * Reads the names and shapes of a file's tensors; values are read on demand and converted to
   * float32. The format is detected from the content.
   *
   * @throws DreamException if the file is unreadable, damaged or of another format
   */
  public static StateDict read(Path file) {
    try {
      return read(new Source.OfFile(file, Files.size(file)));
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /**
   * Reads the names of the classes that a zip contains next to a TensorFlow graph.
   *
   * @return by number; empty if the file has none
   * @throws DreamException if the file is unreadable or damaged
   */
  public static List<String> labels(Path file) {
    try {
      Source source = new Source.OfFile(file, Files.size(file));
      return isZip(source) ? ZippedGraph.labels(source, ZipDirectory.read(source)) : List.of();
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    } catch (MalformedWeights e) {
      throw rejected(file.toString(), e.getMessage(), e);
    }
  }

  private static boolean isZip(Source source) throws IOException {
    return source.size() > ZIP.length && Arrays.equals(source.read(0, ZIP.length).array(), ZIP);
  }

  /**
   * Reads tensors from bytes in memory.
   *
   * @param name name of the weights in error messages
   */
  public static StateDict read(String name, byte[] bytes) {
    return read(new Source.OfBytes(name, ByteBuffer.wrap(bytes)));
  }

  private static StateDict read(Source source) {
    try {
      return readByFormat(source);
    } catch (IOException e) {
      throw unreadable(source.name(), e);
    } catch (ForeignFormat e) {
      throw new DreamException(
          "the weights file %s %s".formatted(source.name(), e.getMessage()), e);
    } catch (MalformedWeights e) {
      throw rejected(source.name(), e.getMessage(), e);
    } catch (StackOverflowError | OutOfMemoryError e) {
      throw rejected(source.name(), "reading it needs more memory than is available", e);
    }
  }

  private static DreamException unreadable(String name, IOException e) {
    return new DreamException("cannot read the weights %s: %s".formatted(name, e.getMessage()), e);
  }

  private static DreamException rejected(String name, String why, Throwable cause) {
    return new DreamException(
        "the weights file %s is damaged or unsafe and was not used: %s".formatted(name, why),
        cause);
  }

  private static StateDict readByFormat(Source source)
      throws IOException, MalformedWeights, ForeignFormat {
    if (source.size() < HEAD) {
      throw new MalformedWeights("it has only %d bytes".formatted(source.size()));
    }
    byte[] head = source.read(0, (int) Math.min(HEAD + 1, source.size())).array();
    if (Arrays.equals(head, 0, ZIP.length, ZIP, 0, ZIP.length)) {
      ZipDirectory zip = ZipDirectory.read(source);
      Optional<Source> graph = ZippedGraph.find(source, zip);
      return graph.isPresent() ? readMessage(graph.get()) : TorchZipReader.read(source);
    }
    if (head[0] == PICKLE_PROTOCOL) {
      return TorchLegacyReader.read(source);
    }
    if (isSafetensors(source, head)) {
      return SafetensorsReader.read(source);
    }
    ForeignFiles.refuse(source);
    return readMessage(source);
  }

  /**
   * Returns whether a header of the length in the first bytes fits the file and begins as JSON
   * does.
   */
  private static boolean isSafetensors(Source source, byte[] head) {
    long length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return head.length > HEAD && head[HEAD] == '{' && length > 0 && length <= source.size() - HEAD;
  }

  /** Reads a protobuf message; other files are read as safetensors, which refuses them. */
  private static StateDict readMessage(Source source)
      throws IOException, MalformedWeights, ForeignFormat {
    Optional<ProtobufFormat> format = ProtobufFormat.of(source);
    if (format.isEmpty()) {
      return SafetensorsReader.read(source);
    }
    return switch (format.get()) {
      case CAFFE -> CaffeReader.read(source);
      case TENSORFLOW -> GraphReader.read(source);
      case ONNX ->
          throw new ForeignFormat(
              "is an ONNX model, a network with its weights; name it with --network");
      case SAVED_MODEL ->
          throw new ForeignFormat(
              "is TensorFlow's SavedModel, whose weights are in the folder 'variables' next to it; freeze it (freeze_graph) and pass the frozen graph");
    };
  }
}
