package io.reverie.jobs.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reverie.core.weights.WeightsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Parses weights of every format, distinguished by content. */
final class WeightsParser implements Parser {

  /** The test files of dream-core, valid and invalid. */
  private static final Path FILES = Path.of("../dream-core/src/test/resources/weights");

  private static final Pattern WEIGHTS = Pattern.compile(".*\\.(pth|caffemodel|pb|zip)");

  @Override
  public void read(byte[] input, Room room) throws IOException {
    WeightsFile.read(room.file("weights", input));
  }

  @Override
  public List<byte[]> seeds(Room room) throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    try (Stream<Path> files = Files.list(FILES)) {
      for (Path file : files.filter(WeightsParser::isWeights).sorted().toList()) {
        seeds.add(Files.readAllBytes(file));
      }
    }
    seeds.add(safetensors("{}", 0));
    seeds.add(
        safetensors(
            """
            {"__metadata__":{"format":"pt"},
            "a.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},
            "a.bias":{"dtype":"F16","shape":[2],"data_offsets":[24,28]},
            "n":{"dtype":"I64","shape":[],"data_offsets":[28,36]}}""",
            36));
    return seeds;
  }

  private static boolean isWeights(Path file) {
    return WEIGHTS.matcher(file.toString()).matches();
  }

  private static byte[] safetensors(String header, int data) {
    byte[] json = header.getBytes(UTF_8);
    return ByteBuffer.allocate(8 + json.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }

  @Override
  public List<String> words() {
    return List.of(
        "ctorch._utils\n_rebuild_tensor_v2\n",
        "ctorch\nFloatStorage\n",
        "ccollections\nOrderedDict\n",
        "storage",
        "data.pkl",
        "PK\u0003\u0004",
        "PK\u0001\u0002",
        "PK\u0005\u0006",
        "\"data_offsets\":[",
        "\"shape\":[",
        "BF16",
        "cpu");
  }
}
