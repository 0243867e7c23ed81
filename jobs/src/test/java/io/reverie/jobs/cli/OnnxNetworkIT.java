package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ONNX models by their own name: no descriptor is needed. */
class OnnxNetworkIT {

  private static final Path MODELS = Path.of("../dream-core/src/test/resources/onnx");

  @TempDir private Path folder;

  private Path copied(String name) throws IOException {
    return Files.copy(MODELS.resolve(name), folder.resolve(name));
  }

  @Test
  void networksListsTheLayersOfAModel() throws IOException {
    String model = copied("bvlc_googlenet.onnx").toString();
    CommandLineRun run = CommandLineRun.of("networks", model, "--size", "128x96");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("bvlc_googlenet: ONNX model", "classes: 10, at loss3/classifier_1")
        .containsPattern("inception_4a/output_1 +20 +6 +8")
        .containsPattern("prob_1 +10 +1 +1");
  }

  @Test
  void imagesAreDreamedAgainAndClassified() throws IOException {
    Path model = copied("bvlc_googlenet.onnx");
    Path out = folder.resolve("dream.png");
    CommandLineRun run =
        CommandLineRun.of(
            "images",
            "--quiet",
            "--network",
            model.toString(),
            "--size",
            "128x96",
            "--iterations",
            "2",
            "--layer",
            "inception_4a/output_1",
            "noise:",
            out.toString());
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode network =
        new ObjectMapper()
            .readTree(Files.readString(folder.resolve("dream.png.json")))
            .path("provenance")
            .path("network");
    assertThat(network.path("assumed").toString()).contains("mean");
    assertThat(network.path("descriptor").asText())
        .contains("architecture: onnx", "mean: [0.485, 0.456, 0.406]");
    CommandLineRun again = CommandLineRun.of("rerun", out.toString());
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out() + again.err()).contains("same frames");
    CommandLineRun guess =
        CommandLineRun.of("classify", "--top", "10", "--network", model.toString(), out.toString());
    assertThat(guess.code()).as(guess.err()).isZero();
    double sum =
        guess
            .out()
            .lines()
            .mapToDouble(line -> Double.parseDouble(line.substring(0, line.indexOf(' '))))
            .sum();
    assertThat(sum).isBetween(0.9, 1.1);
  }

  @Test
  void aClassIsDrawnAtTheLogits() throws IOException {
    String model = copied("resnet_v1.onnx").toString();
    Path out = folder.resolve("seven.png");
    CommandLineRun run =
        CommandLineRun.of(
            "draw",
            "--quiet",
            "--network",
            model,
            "--size",
            "96x96",
            "--iterations",
            "2",
            "7",
            out.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(out).isNotEmptyFile();
  }

  @Test
  void valuesInAnotherFileAreHashedToo() throws IOException {
    String model = copied("squeezenet.onnx").toString();
    String[] words = {
      "images",
      "--quiet",
      "--network",
      model,
      "--size",
      "64x64",
      "--iterations",
      "1",
      "--overwrite",
      "noise:",
      folder.resolve("a.png").toString()
    };
    CommandLineRun missing = CommandLineRun.of(words);
    assertThat(missing.code()).isNotZero();
    assertThat(missing.err())
        .hasLineCount(1)
        .contains("squeezenet.onnx", "keeps values in the file squeezenet.data");
    Path data = copied("squeezenet.data");
    assertThat(CommandLineRun.of(words).code()).isZero();
    String first = hash();
    byte[] bytes = Files.readAllBytes(data);
    bytes[101] ^= 1;
    Files.write(data, bytes);
    assertThat(CommandLineRun.of(words).code()).isZero();
    assertThat(hash()).isNotEqualTo(first);
  }

  private String hash() throws IOException {
    return new ObjectMapper()
        .readTree(Files.readString(folder.resolve("a.png.json")))
        .path("provenance")
        .path("network")
        .path("sha256")
        .asText();
  }

  @Test
  void aModelThatCannotBeUsedIsOneSentence() throws IOException {
    Path file = Files.writeString(folder.resolve("no.onnx"), "not a model");
    for (String[] words :
        new String[][] {
          {"networks", file.toString()},
          {"images", "--network", file.toString(), "noise:", folder.resolve("x.png").toString()},
          {"networks", folder.resolve("none.onnx").toString()}
        }) {
      CommandLineRun run = CommandLineRun.of(words);
      assertThat(run.code()).isNotZero();
      assertThat(run.err()).hasLineCount(1).contains(".onnx");
    }
  }
}
