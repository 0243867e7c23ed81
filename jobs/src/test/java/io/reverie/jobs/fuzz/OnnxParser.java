package io.reverie.jobs.fuzz;

import io.reverie.core.network.Networks;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.network.onnx.OnnxDescriptor;
import io.reverie.core.network.onnx.OnnxImporter;
import io.reverie.core.network.onnx.OnnxNetwork;
import io.reverie.core.weights.onnx.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads ONNX models: their graphs, the network that they make, and all of their numbers. */
final class OnnxParser implements Parser {

  /** The test files of dream-core. */
  private static final Path FILES = Path.of("../dream-core/src/test/resources/onnx");

  @Override
  public void read(byte[] input, Room room) throws IOException {
    Path file = room.file("model.onnx", input);
    OnnxNetwork network = OnnxImporter.of(OnnxFile.read(file));
    NetworkDescriptor descriptor = Networks.parse(OnnxDescriptor.of(file), file.toString());
    descriptor.withBody(network.body());
    for (String name : network.weights().names()) {
      network.weights().get(name).values();
    }
  }

  @Override
  public List<byte[]> seeds(Room room) throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    try (Stream<Path> files = Files.list(FILES)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList()) {
        seeds.add(Files.readAllBytes(file));
      }
    }
    return seeds;
  }

  @Override
  public List<String> words() {
    return List.of(
        "Conv",
        "Reshape",
        "Transpose",
        "Squeeze",
        "Slice",
        "Gather",
        "Constant",
        "ConstantOfShape",
        "ceil_mode",
        "auto_pad",
        "SAME_UPPER",
        "axes",
        "location",
        "../../secret",
        "\u0008\u0001\u0010\u0007",
        "p\u0001");
  }
}
