package io.reverie.core.network;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import io.reverie.core.engine.Precision;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.SlidingWindow;
import io.reverie.core.network.graph.Step;
import io.reverie.core.weights.WeightsFile;
import io.reverie.core.weights.tensor.StateDict;
import io.reverie.core.weights.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Networks for tests; the caller closes them. */
public final class TestNetworks {

  static final String SMALL =
      """
      name: small
      title: two convolutions and a pool
      layer: conv2
      minimumSide: 8
      preprocessing: {order: rgb, scale: 0.00392156862745098, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25]}
      layers:
        - {name: conv1, op: conv, out: 8, kernel: 3, stride: 1, padding: 1}
        - {name: pool1, op: maxpool, kernel: 2, stride: 2}
        - {name: conv2, op: conv, out: 12, kernel: 3, stride: 1, padding: 1}
      """;

  static final String SCRIPT =
      """
      name: two layers
      title: a script
      architecture: torchscript
      layer: first
      minimumSide: 9
      preprocessing: {order: rgb, scale: 0.00392156862745098, mean: [0.4, 0.5, 0.6], std: [0.25, 0.25, 0.2]}
      """;

  private TestNetworks() {}

  /** Loads the embedded network. */
  public static Network embedded(DataType type) throws IOException {
    NetworkDescriptor descriptor = Networks.descriptor("embedded");
    return embedded(descriptor, descriptor.minimumSide(), type);
  }

  /** Loads the embedded network with a minimum side of 1. */
  static Network embeddedOfAnySize(DataType type) throws IOException {
    return embedded(Networks.descriptor("embedded"), 1, type);
  }

  private static Network embedded(NetworkDescriptor descriptor, int minimumSide, DataType type)
      throws IOException {
    String uri = descriptor.weights().get(0).uri();
    try (InputStream in = Networks.resource(uri)) {
      return new LayerNetwork(
          descriptor.name(),
          descriptor.body().orElseThrow(),
          descriptor.preprocessing(),
          minimumSide,
          WeightsFile.read(uri, in.readAllBytes()),
          Torch.newManager(Device.cpu()),
          type);
    }
  }

  /** Loads a network with weights in the jar, in float32 but for its convolutions. */
  static Network at(Precision precision, NetworkDescriptor descriptor) throws IOException {
    String uri = descriptor.weights().get(0).uri();
    try (InputStream in = Networks.resource(uri)) {
      StateDict weights = WeightsFile.read(uri, in.readAllBytes());
      return at(precision, descriptor, weights);
    }
  }

  /** Opens a built-in network with weights by a formula. */
  static Network filledAt(Precision precision, String name) {
    NetworkDescriptor descriptor = Networks.descriptor(name);
    return at(precision, descriptor, weights(descriptor.body().orElseThrow(), 1));
  }

  private static Network at(Precision precision, NetworkDescriptor descriptor, StateDict weights) {
    return new LayerNetwork(
        descriptor.name(),
        descriptor.body().orElseThrow(),
        descriptor.preprocessing(),
        descriptor.minimumSide(),
        weights,
        Torch.newManager(Device.cpu()),
        DataType.FLOAT32,
        precision);
  }

  /** Opens a built-in network with weights by a formula and a minimum side of 1. */
  public static Network filled(String name, DataType type) {
    return open(Networks.descriptor(name), 1, 1, type);
  }

  /**
   * Opens a small, fast network in float32.
   *
   * @param factor multiplies all weights: 0 makes the network dead, NaN broken
   */
  public static Network small(double factor) {
    NetworkDescriptor descriptor = Networks.parse(SMALL, "small.yaml");
    return open(descriptor, descriptor.minimumSide(), factor, DataType.FLOAT32);
  }

  /**
   * Opens the TorchScript module that script/make_script.py made.
   *
   * @param reach lines added to its descriptor
   */
  public static Network script(String reach) throws URISyntaxException {
    URI module = TestNetworks.class.getResource("/script/two_layers.pt").toURI();
    return script(reach, Path.of(module));
  }

  static Network scriptAt(Precision precision) throws URISyntaxException {
    URI module = TestNetworks.class.getResource("/script/two_layers.pt").toURI();
    NetworkDescriptor descriptor = Networks.parse(SCRIPT, "script.yaml");
    return Networks.load(descriptor, Path.of(module), "", "cpu", precision);
  }

  static Network script(String reach, Path module) {
    return Networks.load(Networks.parse(SCRIPT + reach, "script.yaml"), module, "", "cpu");
  }

  private static Network open(
      NetworkDescriptor descriptor, int minimumSide, double factor, DataType type) {
    return new LayerNetwork(
        descriptor.name(),
        descriptor.body().orElseThrow(),
        descriptor.preprocessing(),
        minimumSide,
        weights(descriptor.body().orElseThrow(), factor),
        Torch.newManager(Device.cpu()),
        type);
  }

  /** Returns uniform weights with He's variance for every key of the steps. */
  public static StateDict weights(Op body, double factor) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    body.forEachStep(step -> fill(step, factor, tensors));
    return new StateDict("a formula", tensors);
  }

  private static void fill(Step step, double factor, Map<String, Tensor> to) {
    if (step instanceof Step.Linear linear) {
      kernel(linear.key(), factor, to, linear.out(), linear.in());
      put(linear.key() + ".bias", -0.05 * factor, 0.05 * factor, to, linear.out());
    } else if (step instanceof Step.Conv conv) {
      SlidingWindow window = conv.window();
      kernel(
          conv.key(),
          factor,
          to,
          conv.out(),
          conv.in() / conv.groups(),
          window.height(),
          window.width());
      put(conv.key() + ".bias", -0.05 * factor, 0.05 * factor, to, conv.out());
    } else if (step instanceof Step.NormedConv conv) {
      SlidingWindow window = conv.window();
      kernel(conv.key(), factor, to, conv.out(), conv.in(), window.height(), window.width());
      batchNorm(conv.norm(), conv.out(), to);
    }
  }

  private static void kernel(String key, double factor, Map<String, Tensor> to, long... shape) {
    long fanIn = 1;
    for (int i = 1; i < shape.length; i++) {
      fanIn *= shape[i];
    }
    double limit = factor * Math.sqrt(6.0 / fanIn);
    put(key + ".weight", -limit, limit, to, shape);
  }

  private static void batchNorm(String key, int channels, Map<String, Tensor> to) {
    put(key + ".weight", 0.8, 1.2, to, channels);
    put(key + ".bias", -0.1, 0.2, to, channels);
    put(key + ".running_mean", -0.2, 0.2, to, channels);
    put(key + ".running_var", 0.5, 1.5, to, channels);
  }

  private static void put(
      String key, double from, double to, Map<String, Tensor> tensors, long... shape) {
    long count = 1;
    for (long side : shape) {
      count *= side;
    }
    SplittableRandom random = new SplittableRandom(key.hashCode());
    float[] values = new float[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (from + (to - from) * random.nextDouble());
    }
    tensors.put(key, new Tensor(shape, values));
  }
}
