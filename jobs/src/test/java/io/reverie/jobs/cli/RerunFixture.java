package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A photo to dream, and shorthands for dreams and reruns. */
abstract class RerunFixture {

  static final Path SAMPLES = Path.of("../video/src/test/media");

  @TempDir Path folder;
  Path photo;

  @BeforeEach
  void copySource() throws IOException {
    Files.createDirectories(folder.resolve("in"));
    photo = Files.copy(SAMPLES.resolve("clouds.png"), folder.resolve("in/photo ü.png"));
  }

  Path image(String name, String... more) {
    Path dream = folder.resolve(name);
    String[] words =
        Stream.concat(Arrays.stream(more), Stream.of(photo.toString(), dream.toString()))
            .toArray(String[]::new);
    CommandLineRun run = CommandLineRun.of(small("images", words));
    assertThat(run.code()).as(run.err()).isZero();
    return dream;
  }

  Path video(String name) throws IOException {
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

  static String[] small(String command, String... more) {
    return Stream.concat(
            Stream.of(command, "--quiet", "--octaves", "1", "--iterations", "2"),
            Arrays.stream(more))
        .toArray(String[]::new);
  }

  static Path sidecar(Path result) {
    return result.resolveSibling(result.getFileName() + ".json");
  }

  static Path again(Path result) {
    return result.resolveSibling(result.getFileName().toString().replace(".", "-again."));
  }

  static void assertSame(CommandLineRun run, Path made) {
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).endsWith("same frames\n");
    assertThat(run.err()).doesNotContain("reverie:");
    assertThat(made).isNotEmptyFile();
  }

  /** Whether a line lists what the rerun reads or writes. */
  private static boolean isListing(String line) {
    return line.matches("the rerun of .*, with its recorded settings,|  (reads|writes) the .*");
  }

  static void assertSentence(CommandLineRun run, int code, String part) {
    List<String> sentences = run.err().lines().filter(line -> !isListing(line)).toList();
    assertThat(sentences).as(run.err()).hasSize(1);
    assertThat(sentences.get(0)).contains(part).startsWith("reverie: ");
    assertThat(run.code()).isEqualTo(code);
  }
}
