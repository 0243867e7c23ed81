package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverie.video.MediaSource;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of inputs with outputs and settings of their own. */
class InputsIT {

  private static final Path SAMPLES = Path.of("../video/src/test/media");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private CommandLineRun images(Path list, String... more) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("images", "--size=96x", "--octaves=1", "--iterations=2", "--json"));
    words.addAll(List.of("--inputs", list.toString()));
    words.addAll(List.of(more));
    return CommandLineRun.of(words.toArray(String[]::new));
  }

  private Path list(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  private JsonNode setting(String output, String key) throws IOException {
    return JSON.readTree(Files.readString(folder.resolve("out/" + output + ".json")))
        .at("/spec/" + key.replace('.', '/'));
  }

  @Test
  void threeRowsHaveTheirOwnSettingsAndABrokenOneFailsAlone() throws IOException {
    Files.writeString(folder.resolve("broken.png"), "no picture");
    Path list =
        list(
            "looks.jsonl",
            "{\"input\": \"%s/lake.jpg\", \"strength\": 0.5, \"size\": \"64x\"}".formatted(SAMPLES),
            "{\"input\": \"%s\", \"step\": 3}".formatted(folder.resolve("broken.png")),
            "{\"input\": \"%s/lake.jpg\", \"output\": \"petals/b.webp\", \"octaves\": {\"count\": 2}}"
                .formatted(SAMPLES),
            "{\"input\": \"%s/clouds.png\"}".formatted(SAMPLES));
    String out = folder.resolve("out") + "/";
    CommandLineRun run = images(list, out);
    assertThat(run.code()).isEqualTo(4);
    assertThat(run.err()).contains("broken.png is not a readable");
    assertThat(Stills.read(MediaSource.of(folder.resolve("out/lake.jpg"))).frame().width())
        .isEqualTo(64);
    assertThat(setting("lake.jpg", "strength").asDouble()).isEqualTo(0.5);
    assertThat(setting("petals/b.webp", "octaves.count").asInt()).isEqualTo(2);
    assertThat(setting("petals/b.webp", "strength").asDouble()).isEqualTo(1);
    assertThat(setting("clouds.png", "octaves.count").asInt()).isEqualTo(1);
    JsonNode report = JSON.readTree(run.out());
    assertThat(report.path("id").asText()).isEmpty();
    assertThat(report.at("/items/0/id")).isEqualTo(sidecarId("lake.jpg"));
    assertThat(report.at("/items/2/id")).isEqualTo(sidecarId("petals/b.webp"));

    FileTime before = Files.getLastModifiedTime(folder.resolve("out/lake.jpg"));
    CommandLineRun again = images(list, out);
    assertThat(Files.getLastModifiedTime(folder.resolve("out/lake.jpg"))).isEqualTo(before);
    assertThat(JSON.readTree(again.out()).findValuesAsText("status"))
        .containsExactly("KEPT", "FAILED", "KEPT", "KEPT");
    assertThat(again.err()).doesNotContain("other settings");
  }

  private JsonNode sidecarId(String output) throws IOException {
    return JSON.readTree(Files.readString(folder.resolve("out/" + output + ".json"))).path("id");
  }

  @Test
  void aRowsSettingsWinAndItsRecipeReplacesTheOneOfTheCommandLine() throws IOException {
    Path list =
        list(
            "looks.csv",
            "input,output,recipe,strength",
            "%s/lake.jpg,%s,subtle,0.25".formatted(SAMPLES, folder.resolve("out/a.png")),
            "%s/lake.jpg,%s,,".formatted(SAMPLES, folder.resolve("out/b.png")));
    assertThat(images(list, "--strength", "0.75", "--recipe", "rainbow").code()).isZero();
    String colours = setting("a.png", "colours").asText();
    assertThat(setting("a.png", "strength").asDouble()).isEqualTo(0.25);
    assertThat(setting("b.png", "strength").asDouble()).isEqualTo(0.75);
    CommandLineRun single =
        CommandLineRun.of(
            "images",
            "--size=96x",
            "--octaves=1",
            "--iterations=2",
            "--recipe=subtle",
            "--strength=0.25",
            SAMPLES + "/lake.jpg",
            folder.resolve("out/single.png").toString());
    assertThat(single.code()).isZero();
    assertThat(sidecarId("single.png")).isEqualTo(sidecarId("a.png"));
    assertThat(Stills.read(MediaSource.of(folder.resolve("out/single.png"))).frame().rgb())
        .isEqualTo(Stills.read(MediaSource.of(folder.resolve("out/a.png"))).frame().rgb());
    assertThat(colours).isEqualTo(setting("single.png", "colours").asText());
  }

  @Test
  void videosOfAListAreDreamedTogetherAndADryRunForecastsThem() throws IOException {
    Path list =
        list(
            "clips.yaml",
            "- input: %s/clip.mp4".formatted(SAMPLES),
            "  output: %s/out/a.mkv".formatted(folder),
            "  video: {end: 0.2, codec: ffv1}",
            "- input: %s/clip.mp4".formatted(SAMPLES),
            "  output: %s/out/b.mp4".formatted(folder),
            "  video.end: 0.1",
            "  strength: 0.5");
    String[] words = {
      "video", "--size=96x", "--octaves=1", "--iterations=1", "--inputs", list.toString(), "--json"
    };
    CommandLineRun dry =
        CommandLineRun.of(
            Stream.concat(Stream.of(words), Stream.of("--dry-run")).toArray(String[]::new));
    assertThat(dry.code()).isZero();
    assertThat(JSON.readTree(dry.out()).path("forecast").path("frames").asInt()).isPositive();
    assertThat(folder.resolve("out")).doesNotExist();
    CommandLineRun run = CommandLineRun.of(words);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(setting("a.mkv", "video.codec").asText()).isEqualTo("ffv1");
    assertThat(setting("b.mp4", "strength").asDouble()).isEqualTo(0.5);
    List<String> frames = JSON.readTree(run.out()).findValuesAsText("frames");
    assertThat(Integer.parseInt(frames.get(0))).isGreaterThan(Integer.parseInt(frames.get(1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"input\": \"a.png\"} | line 1: it has no output; add one, or name an output folder",
        "{\"input\": \"a/x.png\", \"output\": \"o.png\"}#{\"input\": \"b/x.png\", \"output\": \"./o.png\"} | line 1 and line 2 would both be written to ./o.png; give one of them another output",
        "{\"input\": \"a.png\", \"output\": \"a.png\"} | line 1: a.png would overwrite its own input",
        "{\"input\": \"a.png\", \"output\": \"b.bmp\"} | line 1: b.bmp: an image must be written as ",
        "{\"input\": \"a/\", \"output\": \"b.png\"} | line 1: the input a/ is a folder; a row names one file",
        "{\"input\": \"a.png\", \"output\": \"b.png\", \"preset\": \"no\"} | line 1: the network embedded has no preset 'no'",
        "{\"input\": \"a.png\", \"output\": \"b.png\", \"recipe\": \"no\"} | line 1: no recipe 'no'",
        "{\"input\": \"a.png\", \"output\": \"b.png\", \"step\": \"x\"} | line 1: step must be a number",
        "{\"input\": \"a.png\", \"output\": \"b.png\", \"layers\": [{\"layer\": \"no\"}]} | line 1: ",
      })
  void aWrongRowIsRefusedBeforeAnyWork(String rows, String sentence) throws IOException {
    CommandLineRun run = images(list("rows.jsonl", rows.split("#")));
    assertThat(run.err()).startsWith("reverie: ").contains(sentence).hasLineCount(1);
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void rowsOfOneNameNeedOutputsAndAFolderIsNotLeft() throws IOException {
    Path list = list("rows.csv", "input,output", "a/x.png,", "b/x.png,");
    assertThat(images(list, folder.resolve("out") + "/").err())
        .contains("rows.csv, line 2 and line 3 would both be written to ");
    Path out = list("up.csv", "input,output", "a/x.png,../x.png");
    CommandLineRun run = images(out, folder.resolve("out") + "/");
    assertThat(run.err()).contains("up.csv, line 2: ").contains("../x.png");
  }

  @Test
  void onlyAFolderMayFollow() throws IOException {
    Path list = list("rows.csv", "input", "a.png");
    assertThat(images(list, "b.png", "out/").err())
        .contains("--inputs names the inputs, so only the output folder may follow; add b.png to ");
    assertThat(images(list, folder.resolve("out.png").toString()).err())
        .contains("out.png is a single file, but the inputs may have several results");
  }

  @Test
  void whatRowsNameIsListedBeforeAnythingElse() throws IOException {
    Path list =
        list("rows.csv", "input,output,weights", "a.png,b.png,/nowhere/x.pth", "a.png,c.png,");
    CommandLineRun run = images(list);
    assertThat(run.err().lines())
        .contains("this run, with the settings of %s,".formatted(list))
        .contains("  reads the weights /nowhere/x.pth");
    assertThat(run.err())
        .contains("rows.csv, line 2: the weights file /nowhere/x.pth does not exist");
    assertThat(run.code()).isEqualTo(3);
  }
}
