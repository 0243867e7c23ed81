package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.video.MediaSource;
import io.reverie.video.note.NoteReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results made again, from what stands beside them or in them. */
class RerunIT {

  private static final Path SAMPLES = Path.of("../sample-data");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private Path photo;

  @BeforeEach
  void copySource() throws IOException {
    Files.createDirectories(folder.resolve("in"));
    photo = Files.copy(SAMPLES.resolve("clouds.png"), folder.resolve("in/photo ü.png"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dream.png", "dream.jpg", "dream.webp", "dream.tif"})
  void aStillIsMadeAgainFromItsSidecarAndFromItselfAlone(String name) throws IOException {
    Path dream = image(name, "--seed", "7", "--preset", "petals");
    assertSame(CommandLineRun.of("rerun", dream.toString()), again(dream));

    Files.delete(sidecar(dream));
    Path other = folder.resolve("elsewhere").resolve(name);
    assertSame(CommandLineRun.of("rerun", dream.toString(), other.toString()), other);
    assertThat(sidecar(other)).isNotEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dream.mp4", "dream.mkv", "dream.gif"})
  void aVideoIsMadeAgainFromItsSidecarAndFromItselfAlone(String name) throws IOException {
    Path dream = video(name);
    CommandLineRun run = CommandLineRun.of("rerun", dream.toString());
    assertSame(run, again(dream));
    assertThat(Videos.hashes(again(dream))).hasSize(6).isEqualTo(Videos.hashes(dream));

    Files.delete(sidecar(dream));
    Path other = folder.resolve("other-" + name);
    assertSame(CommandLineRun.of("rerun", dream.toString(), other.toString()), other);
  }

  @Test
  void numberedFramesAreMadeAgainTogether() throws IOException {
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
  void whatALongerResultHasLeftIsNoPartOfTheNext() throws IOException {
    Path frames = folder.resolve("frames/%d.png");
    Path foreign = Files.copy(photo, Files.createDirectories(frames.getParent()).resolve("5.png"));
    for (String count : new String[] {"4", "2"}) {
      String[] dive = {"--overwrite", "--size", "64x", "--frames", count, photo.toString()};
      CommandLineRun run =
          CommandLineRun.of(
              small(
                  "zoom",
                  Stream.concat(Arrays.stream(dive), Stream.of(frames.toString()))
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
  void aRerunNeverGoesWhereItCouldNotBeComparedOrWouldDestroy() throws IOException {
    Path dream = image("dream.png");
    byte[] bytes = Files.readAllBytes(dream);
    byte[] source = Files.readAllBytes(photo);
    String again = Files.writeString(again(dream), "mine").toString();
    assertSentence(CommandLineRun.of("rerun", dream.toString()), 2, again + " already exists");
    assertThat(again(dream)).hasContent("mine");
    assertSentence(overwriting(dream, dream), 2, "is the result that the rerun is compared with");
    assertSentence(overwriting(dream, photo), 2, "would overwrite its own input");
    assertSentence(
        overwriting(dream, folder.resolve("a.jpg")), 2, "name an output that ends in .png");
    assertSentence(overwriting(dream, folder), 2, "name an output that ends in .png");
    assertThat(dream).hasBinaryContent(bytes);
    assertThat(photo).hasBinaryContent(source);
    assertSame(CommandLineRun.of("rerun", "--overwrite", dream.toString()), again(dream));
  }

  private static CommandLineRun overwriting(Path dream, Path target) {
    return CommandLineRun.of("rerun", "--overwrite", dream.toString(), target.toString());
  }

  @Test
  void aResultThatWasRenamedIsMadeAgainUnderANameOfTheOldKind() throws IOException {
    Path dream = image("dream.png");
    Path bare = Files.move(dream, folder.resolve("bare"));
    Files.move(sidecar(dream), folder.resolve("bare.json"));
    assertSentence(CommandLineRun.of("rerun", bare.toString()), 2, "ends in .png, not " + bare);
  }

  @Test
  void aSourceThatHasChangedOrIsGoneIsASentence() throws IOException {
    Path dream = image("dream.png");
    Path kept = Files.copy(photo, folder.resolve("kept.png"));
    byte[] bytes = Files.readAllBytes(photo);
    bytes[bytes.length - 20] ^= 1;
    Files.write(photo, bytes);
    CommandLineRun changed = CommandLineRun.of("rerun", dream.toString());
    assertSentence(changed, 3, "is not the source of " + dream);
    Files.delete(photo);
    CommandLineRun gone = CommandLineRun.of("rerun", dream.toString());
    assertSentence(gone, 3, "photo ü.png; name it with --input");
    assertThat(again(dream)).doesNotExist();
    assertSame(
        CommandLineRun.of("rerun", dream.toString(), "--input", kept.toString()), again(dream));
  }

  @Test
  void aSourceOfTheResultsOwnNameIsNotTheResult() throws IOException {
    Path dream = image("dream.png");
    ObjectNode root = (ObjectNode) JSON.readTree(sidecar(dream).toFile());
    ((ObjectNode) root.at("/provenance/source")).put("address", "dream.png");
    JSON.writeValue(sidecar(dream).toFile(), root);
    assertSentence(
        CommandLineRun.of("rerun", dream.toString()), 3, "was in another folder; name it with");
  }

  @Test
  void aGuideIsFoundFromTheResultOnAndItsChangeIsASentence() throws IOException {
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
  void aDrawingFromNoiseIsMadeAgain() {
    Path rose = folder.resolve("rose.png");
    CommandLineRun run =
        CommandLineRun.of(
            small("draw", "--size", "64x64", "--set", "octaves.each=[]", "rose", rose.toString()));
    assertThat(run.code()).as(run.err()).isZero();
    assertSame(CommandLineRun.of("rerun", rose.toString()), again(rose));
  }

  @Test
  void aVideoOfNumberedFramesIsMadeAgain() throws IOException {
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
  void anotherPictureInItsPlaceDiffers() throws IOException {
    Path dream = image("dream.png");
    Path other = image("other.png", "--seed", "2");
    Files.copy(other, dream, StandardCopyOption.REPLACE_EXISTING);
    CommandLineRun run = CommandLineRun.of("rerun", dream.toString());
    assertThat(run.out()).endsWith("differs from frame 1\n");
    assertThat(run.code()).isEqualTo(4);
    Files.delete(dream);
    CommandLineRun alone = CommandLineRun.of("rerun", "--overwrite", dream.toString());
    assertThat(alone.err()).contains("is not there to compare with");
    assertThat(alone.code()).isZero();
  }

  @Test
  void aNetworkOfTheUsersOwnIsInTheNoteAndItsWeightsAreChecked() throws IOException {
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
    Files.writeString(moved, "others");
    assertSentence(
        CommandLineRun.of("rerun", "--overwrite", dream.toString(), "--weights", moved.toString()),
        3,
        "but " + dream + " was made with");
  }

  @Test
  void whatANewerVersionHasWrittenIsASentenceAndAnotherVersionAWarning() throws IOException {
    Path dream = image("dream.png");
    ObjectNode root = (ObjectNode) JSON.readTree(sidecar(dream).toFile());
    ObjectNode note = (ObjectNode) root.get("provenance");
    ((ObjectNode) note.get("program")).put("version", "99");
    ((ObjectNode) note.get("machine")).put("instructions", "mmx");
    JSON.writeValue(sidecar(dream).toFile(), root);
    CommandLineRun other = CommandLineRun.of("rerun", dream.toString());
    assertThat(other.err()).contains("was made by Reverie 99", "mmx, not ");
    assertThat(other.out()).endsWith("same frames\n");

    ((ObjectNode) note.get("spec")).put("octavs", 3);
    JSON.writeValue(sidecar(dream).toFile(), root);
    CommandLineRun key = CommandLineRun.of("rerun", dream.toString());
    assertSentence(key, 2, "unknown key 'octavs'");

    note.put("reverie", 2);
    JSON.writeValue(sidecar(dream).toFile(), root);
    assertSentence(CommandLineRun.of("rerun", dream.toString()), 3, "newer Reverie (99)");
  }

  @Test
  void whatIsNoResultOfReveriesIsASentence() {
    assertSentence(CommandLineRun.of("rerun", photo.toString()), 3, "records how it was made");
    assertSentence(
        CommandLineRun.of("rerun", folder.resolve("no.mp4").toString()),
        3,
        "records how it was made");
    assertSentence(
        CommandLineRun.of("rerun", "dream.png.json"), 2, "name the result itself, dream.png");
  }

  @Test
  void sidecarsAreNoImages() throws IOException {
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

  private Path image(String name, String... more) {
    Path dream = folder.resolve(name);
    String[] words =
        Stream.concat(Arrays.stream(more), Stream.of(photo.toString(), dream.toString()))
            .toArray(String[]::new);
    CommandLineRun run = CommandLineRun.of(small("images", words));
    assertThat(run.code()).as(run.err()).isZero();
    return dream;
  }

  private Path video(String name) throws IOException {
    Path clip = folder.resolve("in/clip.mp4");
    Files.copy(SAMPLES.resolve("clip.mp4"), clip);
    Path dream = folder.resolve(name);
    CommandLineRun run =
        CommandLineRun.of(
            small(
                "video",
                "--end",
                "0.5",
                "--size",
                "160x90",
                "--cuts",
                Files.writeString(folder.resolve("cuts.txt"), "0.25\n").toString(),
                clip.toString(),
                dream.toString()));
    assertThat(run.code()).as(run.err()).isZero();
    return dream;
  }

  private static String[] small(String command, String... more) {
    return Stream.concat(
            Stream.of(command, "--quiet", "--octaves", "1", "--iterations", "2"),
            Arrays.stream(more))
        .toArray(String[]::new);
  }

  private static Path sidecar(Path result) {
    return result.resolveSibling(result.getFileName() + ".json");
  }

  private static Path again(Path result) {
    return result.resolveSibling(result.getFileName().toString().replace(".", "-again."));
  }

  private static void assertSame(CommandLineRun run, Path made) {
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).endsWith("same frames\n");
    assertThat(run.err()).doesNotContain("reverie:");
    assertThat(made).isNotEmptyFile();
  }

  /** What is read and written is told first. */
  private static boolean isListing(String line) {
    return line.matches("the rerun of .*, by its note,|  (reads|writes) the .*");
  }

  private static void assertSentence(CommandLineRun run, int code, String part) {
    List<String> sentences = run.err().lines().filter(line -> !isListing(line)).toList();
    assertThat(sentences).as(run.err()).hasSize(1);
    assertThat(sentences.get(0)).contains(part).startsWith("reverie: ");
    assertThat(run.code()).isEqualTo(code);
  }
}
