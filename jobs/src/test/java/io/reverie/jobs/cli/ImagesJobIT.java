package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.MediaSource;
import io.reverie.video.still.Still;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stills from folders, globs and files. */
class ImagesJobIT {

  private static final Path SAMPLES = Path.of("../video/src/test/media");

  @TempDir private Path folder;

  @Test
  void aFolderIsDreamedWithItsRelativePathsAndABrokenImageFailsAlone() throws IOException {
    Path in = Files.createDirectories(folder.resolve("in/deep [x]"));
    Files.copy(SAMPLES.resolve("lake.jpg"), in.resolve("lake ü %.jpg"));
    Files.copy(SAMPLES.resolve("clouds.png"), folder.resolve("in/clouds.png"));
    Files.writeString(folder.resolve("in/broken.png"), "no image");
    Path out = folder.resolve("out");
    CommandLineRun run = images(folder.resolve("in").toString(), out.toString());
    assertThat(run.code()).isEqualTo(4);
    assertThat(run.err()).contains("broken.png is not a readable").hasLineCount(1);
    assertThat(out.resolve("deep [x]/lake ü %.jpg")).isNotEmptyFile();
    assertThat(out.resolve("clouds.png")).isNotEmptyFile();
    assertThat(out.resolve("broken.png")).doesNotExist();
  }

  @Test
  void aGlobIsUnderstood() {
    Path out = folder.resolve("out");
    assertThat(images(SAMPLES + "/*.jpg", out.toString()).code()).isZero();
    assertThat(out.resolve("lake.jpg")).isNotEmptyFile();
    assertThat(out.resolve("forest.jpg")).isNotEmptyFile();
    assertThat(out.resolve("clouds.png")).doesNotExist();
  }

  @Test
  void oneFileGoesToOneFileOfAnotherFormatAndIsScaled() {
    Path out = folder.resolve("dream.webp");
    assertThat(images(SAMPLES.resolve("clouds.png").toString(), out.toString()).code()).isZero();
    Still still = Stills.read(MediaSource.of(out));
    assertThat(still.frame().width()).isEqualTo(96);
    assertThat(still.frame().height()).isEqualTo(64);
  }

  @Test
  void octavesThatAreTooSmallAndTilesAreSpokenOf() {
    CommandLineRun run =
        CommandLineRun.of(
            "images",
            "--size=160x96",
            "--octaves=5",
            "--iterations=1",
            "--set=tile=64",
            SAMPLES.resolve("lake.jpg").toString(),
            folder.resolve("dream.png").toString());
    assertThat(run.err())
        .contains("skipped 2 of 5 octaves, which are too small for the network")
        .containsPattern(
            "dreamed in tiles of 64 px; seam ratio [01]\\.\\d{3} \\(0\\.\\d{3} to 1\\.\\d{3} expected without a seam\\)");
  }

  @Test
  void withoutStrengthTheImageComesBack() {
    Path out = folder.resolve("same.png");
    Path source = SAMPLES.resolve("clouds.png");
    CommandLineRun.of("images", "--strength", "0", source.toString(), out.toString());
    float[] a = Stills.read(MediaSource.of(source)).frame().rgb();
    assertThat(Stills.read(MediaSource.of(out)).frame().rgb()).isEqualTo(a);
  }

  @Test
  void anExistingResultIsKept() throws IOException {
    Path out = Files.writeString(folder.resolve("out.png"), "mine");
    CommandLineRun run = CommandLineRun.of("images", SAMPLES + "/clouds.png", out.toString());
    assertThat(run.err()).contains("was kept");
    assertThat(out).hasContent("mine");
  }

  @Test
  void aSourceIsNeverWrittenOver() throws IOException {
    Path source = Files.copy(SAMPLES.resolve("clouds.png"), folder.resolve("1.png"));
    byte[] bytes = Files.readAllBytes(source);
    String in = source.toString();
    String roundabout = folder.resolve("x/../1.png").toString();
    assertRefused(
        "would overwrite its own input " + in,
        CommandLineRun.of("images", "--overwrite", in, in),
        CommandLineRun.of("images", "--overwrite", in, roundabout),
        CommandLineRun.of("images", "--overwrite", in, folder.toString()),
        CommandLineRun.of("zoom", "--overwrite", in, folder.resolve("%d.png").toString()));
    String clip = Files.copy(SAMPLES.resolve("clip.mp4"), folder.resolve("c.mp4")).toString();
    assertRefused(
        "would overwrite its own input " + clip,
        CommandLineRun.of("video", "--overwrite", clip, clip));
    assertThat(source).hasBinaryContent(bytes);
  }

  @Test
  void severalAreNotPutIntoAFolderThatIsNamedLikeAFile() {
    String picture = folder.resolve("out.png").toString();
    String clip = folder.resolve("out.mp4").toString();
    assertRefused(
        "; name a folder",
        images(SAMPLES.toString(), picture),
        images(SAMPLES + "/lake.jpg", SAMPLES + "/forest.jpg", picture),
        CommandLineRun.of("draw", "3", "5", picture),
        CommandLineRun.of("video", SAMPLES + "/clip.mp4", SAMPLES + "/clip.mp4", clip));
    assertThat(folder).isEmptyDirectory();
  }

  private static void assertRefused(String part, CommandLineRun... runs) {
    for (CommandLineRun run : runs) {
      assertThat(run.err()).contains(part).startsWith("reverie: ").hasLineCount(1);
      assertThat(run.code()).isEqualTo(2);
    }
  }

  private static CommandLineRun images(String... paths) {
    String[] words =
        Stream.concat(
                Stream.of(
                    "images", "--quiet", "--size", "96x", "--octaves", "1", "--iterations", "2"),
                Arrays.stream(paths))
            .toArray(String[]::new);
    return CommandLineRun.of(words);
  }
}
