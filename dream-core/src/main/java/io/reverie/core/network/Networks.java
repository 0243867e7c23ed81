package io.reverie.core.network;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import io.reverie.core.DreamException;
import io.reverie.core.engine.Precision;
import io.reverie.core.network.descriptor.DescriptorReader;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.network.descriptor.NetworkDescriptor.Kind;
import io.reverie.core.network.descriptor.NetworkDescriptor.Release;
import io.reverie.core.network.descriptor.WeightsFacts;
import io.reverie.core.network.onnx.OnnxImporter;
import io.reverie.core.network.onnx.OnnxNetwork;
import io.reverie.core.text.NearestNames;
import io.reverie.core.weights.WeightsFile;
import io.reverie.core.weights.onnx.OnnxFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds and loads networks. */
public final class Networks {

  private static final List<String> NAMES =
      List.of(
          "embedded",
          "alexnet",
          "googlenet",
          "inception_v3",
          "resnet18",
          "resnet50",
          "squeezenet1_0",
          "squeezenet1_1",
          "vgg16",
          "vgg19",
          "bvlc_googlenet",
          "caffenet",
          "inception5h",
          "vgg16_caffe",
          "vgg19_caffe",
          "googlenet_places205",
          "googlenet_places365",
          "places365_alexnet",
          "places365_resnet18",
          "places365_resnet50");

  private static final String RESOURCE = "resource:";

  private Networks() {}

  /** Returns the names of the built-in networks. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * Returns the descriptor of a built-in network.
   *
   * @throws DreamException if no network has this name
   */
  public static NetworkDescriptor descriptor(String name) {
    if (!NAMES.contains(name)) {
      throw new DreamException(
          "unknown network '%s'%s; choose one of %s, or pass a descriptor file (.yaml)"
              .formatted(name, NearestNames.question(NAMES, name), String.join(", ", NAMES)));
    }
    String resource = name + ".yaml";
    try (InputStream in = Networks.class.getResourceAsStream(resource)) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), resource);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Parses a descriptor.
   *
   * @param origin name of the descriptor in error messages
   */
  public static NetworkDescriptor parse(String yaml, String origin) {
    return DescriptorReader.read(yaml, origin);
  }

  /**
   * Opens the file of a {@code resource:} URI; the caller closes it.
   *
   * @throws DreamException if the jar contains no such file
   */
  public static InputStream resource(String uri) {
    InputStream in = Networks.class.getResourceAsStream(uri.substring(RESOURCE.length()));
    if (in == null) {
      throw new DreamException(
          "Reverie does not include weights for %s; pass a file with --weights".formatted(uri));
    }
    return in;
  }

  /**
   * Loads a network whose weights are in the jar, in float32 on the CPU.
   *
   * @throws DreamException if no network has this name, or if its weights must be downloaded
   */
  public static Network load(String name) {
    return load(name, "cpu");
  }

  /**
   * Loads a network whose weights are in the jar, in float32.
   *
   * @param device "cpu" or "gpu" with a number, as DJL names devices
   * @throws DreamException if no network has this name, or if its weights must be downloaded
   */
  public static Network load(String name, String device) {
    NetworkDescriptor descriptor = descriptor(name);
    Release release =
        descriptor.weights().stream()
            .filter(r -> r.uri().startsWith(RESOURCE))
            .findFirst()
            .orElseThrow(
                () ->
                    new DreamException(
                        "Reverie does not include the weights of %s; download them and load the file"
                            .formatted(name)));
    try (InputStream in = resource(release.uri())) {
      return NetworkLoader.layers(
          descriptor,
          WeightsFile.read(release.uri(), in.readAllBytes()),
          descriptor.preprocessingFor(release.sha256()),
          Device.fromName(device),
          DataType.FLOAT32,
          Precision.FLOAT32);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Loads a network in float32.
   *
   * @param weights a local file
   * @param sha256 the file's full hash, which selects the preprocessing of a known release
   * @param device "cpu" or "gpu" with a number, as DJL names devices
   */
  public static Network load(
      NetworkDescriptor descriptor, Path weights, String sha256, String device) {
    return load(descriptor, weights, sha256, device, Precision.FLOAT32);
  }

  /**
   * Loads a network.
   *
   * @param weights a local file
   * @param sha256 the file's full hash, which selects the preprocessing of a known release
   * @param device "cpu" or "gpu" with a number, as DJL names devices
   * @param precision of its convolutions
   */
  public static Network load(
      NetworkDescriptor descriptor,
      Path weights,
      String sha256,
      String device,
      Precision precision) {
    return load(descriptor, weights, facts(descriptor, weights, sha256), device, precision);
  }

  /**
   * Loads a network.
   *
   * @param weights a local file
   * @param facts about the weights, from {@link #facts} or the user
   * @param device "cpu" or "gpu" with a number, as DJL names devices
   * @param precision of its convolutions
   */
  public static Network load(
      NetworkDescriptor descriptor,
      Path weights,
      WeightsFacts facts,
      String device,
      Precision precision) {
    Device place = Device.fromName(device);
    precision.on(device).prepare(place);
    NetworkDescriptor adapted = descriptor.adapted(facts);
    if (adapted.kind() == Kind.TORCHSCRIPT) {
      return NetworkLoader.script(adapted, weights, place, precision.on(device));
    }
    if (adapted.kind() == Kind.ONNX) {
      OnnxNetwork onnx = OnnxImporter.of(OnnxFile.read(weights));
      return NetworkLoader.layers(
          adapted.withBody(onnx.body()),
          onnx.weights(),
          adapted.preprocessing(),
          place,
          DataType.FLOAT32,
          precision.on(device));
    }
    return NetworkLoader.layers(
        adapted,
        WeightsMatch.named(adapted.body().get(), WeightsFile.read(weights)),
        adapted.preprocessing(),
        place,
        DataType.FLOAT32,
        precision.on(device));
  }

  /**
   * Completes the descriptor of an ONNX model from its file; others are returned as they are.
   *
   * @param weights a local file
   * @throws DreamException if the model cannot be used, or contradicts the descriptor
   */
  public static NetworkDescriptor completed(NetworkDescriptor descriptor, Path weights) {
    return descriptor.kind() == Kind.ONNX && descriptor.body().isEmpty()
        ? descriptor.withBody(OnnxImporter.of(OnnxFile.read(weights)).body())
        : descriptor;
  }

  /**
   * Determines facts about a network from its weights: the prefix of their names, the number of
   * classes, whether there is a classifier, and the preprocessing. The latter is that of the known
   * release with the file's hash or the first kernel's; else the descriptor's, unless a built-in
   * network's tensors contradict it. Reads the names, the first tensors and, rarely, runs the
   * network once.
   *
   * @param weights a local file
   * @param sha256 the file's full hash
   * @throws DreamException if the file cannot be read or belongs to another network
   */
  public static WeightsFacts facts(NetworkDescriptor descriptor, Path weights, String sha256) {
    return new WeightsInspection(descriptor, weights).facts(sha256);
  }

  /** Returns whether a descriptor is that of a built-in network. */
  static boolean isBuiltIn(NetworkDescriptor descriptor) {
    return NAMES.contains(descriptor.name()) && descriptor(descriptor.name()).equals(descriptor);
  }

  /** Returns the built-in networks' release with this hash of the first convolution's values. */
  static Optional<Release> releaseOfKernel(String sha256) {
    return NAMES.stream()
        .flatMap(name -> descriptor(name).releaseOfKernel(sha256).stream())
        .findFirst();
  }
}
