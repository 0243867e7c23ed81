package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.MediaSource;
import io.reverie.video.note.NoteReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results reproduced from their sidecars or from themselves. */
class RerunIT extends RerunFixture {

  @ParameterizedTest
  @ValueSource(strings = {"dream.png", "dream.jpg", "dream.webp", "dream.tif"})
  void aStillIsReproducedFromItsSidecarOrItself(String name) throws IOException {
    Path dream = image(name, "--seed", "7", "--preset", "petals");
    assertSame(CommandLineRun.of("rerun", dream.toString()), again(dream));

    Files.delete(sidecar(dream));
    Path other = folder.resolve("elsewhere").resolve(name);
    assertSame(CommandLineRun.of("rerun", dream.toString(), other.toString()), other);
    assertThat(sidecar(other)).isNotEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dream.mp4", "dream.mkv", "dream.gif"})
  void aVideoIsReproducedFromItsSidecarOrItself(String name) throws IOException {
    Path dream = video(name);
    CommandLineRun run = CommandLineRun.of("rerun", dream.toString());
    assertSame(run, again(dream));
    assertThat(Videos.hashes(again(dream))).hasSize(6).isEqualTo(Videos.hashes(dream));

    Files.delete(sidecar(dream));
    Path other = folder.resolve("other-" + name);
    assertSame(CommandLineRun.of("rerun", dream.toString(), other.toString()), other);
  }

  @Test
  void aQuietRerunPrintsNoNotice() {
    String dream = image("dream.png").toString();
    CommandLineRun loud = CommandLineRun.of("rerun", "--dry-run", "--deadline", "1", dream);
    assertThat(loud.err()).contains("reverie: ");
    CommandLineRun run =
        CommandLineRun.of("rerun", "--quiet", "--dry-run", "--deadline", "1", dream);
    assertThat(run.code()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).doesNotContain("reverie: ");
  }

  @Test
  void numberedFramesAreReproducedTogether() throws IOException {
    Path frames = video("frames/%03d.png");
    Path first = frames.resolveSibling("001.png");
    assertThat(NoteReader.read(MediaSource.of(first))).isPresent();
    Files.delete(sidecar(frames));
    assertSame(
        CommandLineRun.of(
            "rerun", frames.toString(), "--input", folder.resolve("in/clip.mp4").toString()),
        frames.resolveSibling("001-again.png"));
    CommandLineRun one = CommandLineRun.of("rerun", first.toString());
    assertSentence(one, 2, "001.png is one of the numbered frames");
  }

  @Test
  void framesOfALongerResultAreRemoved() throws IOException {
    Path frames = folder.resolve("frames/%d.png");
    Path foreign = Files.copy(photo, Files.createDirectories(frames.getParent()).resolve("5.png"));
    for (String count : new String[] {"4", "2"}) {
      String[] zoom = {"--overwrite", "--size", "64x", "--frames", count, photo.toString()};
      CommandLineRun run =
          CommandLineRun.of(
              small(
                  "zoom",
                  Stream.concat(Arrays.stream(zoom), Stream.of(frames.toString()))
                      .toArray(String[]::new)));
      assertThat(run.code()).as(run.err()).isZero();
    }
    assertThat(frames.resolveSibling("2.png")).exists();
    assertThat(frames.resolveSibling("3.png")).doesNotExist();
    assertThat(frames.resolveSibling("4.png")).doesNotExist();
    assertThat(foreign).exists();
    Path other = folder.resolve("other/%d.png");
    assertSame(
        CommandLineRun.of(
            "rerun", frames.toString(), other.toString(), "--input", photo.toString()),
        other.resolveSibling("2.png"));
  }

  @Test
  void aGuideIsFoundRelativeToTheResultAndAChangedOneIsAnError() throws IOException {
    Path guide = Files.copy(SAMPLES.resolve("lake.jpg"), folder.resolve("in/guide.jpg"));
    Path dream =
        image(
            "dream.png",
            "--set",
            "layers=[{layer: conv4.3, objective: guide, guide: '" + guide + "'}]");
    assertThat(Files.readString(sidecar(dream)))
        .contains("\"in/guide.jpg\"")
        .doesNotContain(folder.toString());
    assertSame(CommandLineRun.of("rerun", dream.toString()), again(dream));

    Files.copy(SAMPLES.resolve("forest.jpg"), guide, StandardCopyOption.REPLACE_EXISTING);
    assertSentence(
        CommandLineRun.of("rerun", "--overwrite", dream.toString()), 3, "guide.jpg has changed");
  }

  @Test
  void aDrawingFromNoiseIsReproduced() {
    Path rose = folder.resolve("rose.png");
    CommandLineRun run =
        CommandLineRun.of(
            small("draw", "--size", "64x64", "--set", "octaves.each=[]", "rose", rose.toString()));
    assertThat(run.code()).as(run.err()).isZero();
    assertSame(CommandLineRun.of("rerun", rose.toString()), again(rose));
  }

  @Test
  void aVideoOfNumberedFramesIsReproduced() throws IOException {
    for (int i = 1; i <= 3; i++) {
      Files.copy(photo, folder.resolve("in/f%d.png".formatted(i)));
    }
    Path dream = folder.resolve("dream.webm");
    CommandLineRun.of(
        small(
            "video",
            "--fps",
            "12",
            "--size",
            "96x64",
            folder.resolve("in/f%d.png").toString(),
            dream.toString()));
    assertSame(CommandLineRun.of("rerun", dream.toString()), again(dream));
  }

  @Test
  void aCustomNetworkIsRecordedAndItsWeightsChecked() throws IOException {
    Path network = folder.resolve("mine.yaml");
    try (var in = getClass().getResourceAsStream("/io/reverie/core/network/embedded.yaml")) {
      Files.write(network, in.readAllBytes());
    }
    Path weights = folder.resolve("weights.safetensors");
    try (var in =
        getClass().getResourceAsStream("/io/reverie/core/network/embedded/embedded.safetensors")) {
      Files.write(weights, in.readAllBytes());
    }
    Path dream =
        image("dream.png", "--network", network.toString(), "--weights", weights.toString());
    Files.delete(network);
    assertSame(CommandLineRun.of("rerun", dream.toString()), again(dream));
    assertThat(Files.readString(sidecar(dream))).doesNotContain(folder.toString());

    Path moved = Files.move(weights, folder.resolve("moved.safetensors"));
    assertSentence(CommandLineRun.of("rerun", "--overwrite", dream.toString()), 3, "--weights");
    Path copy = folder.resolve("copy.png");
    assertSame(
        CommandLineRun.of(
            "rerun", dream.toString(), copy.toString(), "--weights", moved.toString()),
        copy);
    byte[] others = Files.readAllBytes(moved);
    others[others.length - 4] ^= 1;
    Files.write(moved, others);
    assertSentence(
        CommandLineRun.of("rerun", "--overwrite", dream.toString(), "--weights", moved.toString()),
        3,
        "but " + dream + " was made with");
  }

  @Test
  void sidecarsAreNotInputs() throws IOException {
    image("out/dream.png");
    CommandLineRun.of(
        small("images", folder.resolve("out").toString(), folder.resolve("deeper").toString()));
    try (Stream<Path> files = Files.list(folder.resolve("deeper"))) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("dream.png", "dream.png.json");
    }
    assertThat(CommandLineRun.of("clean", "--older-than", "0", folder.toString()).out())
        .startsWith("removed 0 leftovers");
  }
}
