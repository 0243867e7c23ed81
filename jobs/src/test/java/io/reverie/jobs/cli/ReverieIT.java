package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exit codes and sentences; each mistake leaves nothing behind. */
class ReverieIT {

  private static final String CLIP = "../video/src/test/media/clip.mp4";

  @TempDir private Path folder;

  @Test
  void versionHelpAndListsSucceed() {
    assertThat(CommandLineRun.of("--version").out()).startsWith("reverie 0.");
    assertThat(CommandLineRun.of("video", "--help").out()).contains("--dream-size");
    CommandLineRun networks = CommandLineRun.of("networks");
    assertThat(networks.code()).isZero();
    assertThat(networks.out()).contains("embedded", "googlenet", "squeezenet1_0");
  }

  @Test
  void aNetworkListsItsLayersWithShapesForASize() {
    CommandLineRun run = CommandLineRun.of("networks", "googlenet", "--size", "224x224");
    assertThat(run.out())
        .containsPattern("inception4c +512 +14 +14")
        .containsPattern("inception4c.branch2.0.bn +128 +14 +14")
        .contains("classes: 1000, at fc");
    assertThat(CommandLineRun.of("networks", "embedded").out()).contains("creatures");
  }

  @Test
  void aNetworkListsItsClasses() {
    assertThat(CommandLineRun.of("networks", "vgg16", "--classes").out()).hasLineCount(1000);
    CommandLineRun cats = CommandLineRun.of("networks", "vgg16", "--classes", "tiger cat");
    assertThat(cats.out().strip()).isEqualTo("282  tiger cat");
    assertSentence(3, "'unicorn'", "networks", "vgg16", "--classes", "unicorn");
    assertSentence(2, "name one first", "networks", "--classes");
  }

  @Test
  void anImageIsClassifiedAndABrokenOneFailsAlone() throws IOException {
    String lake = "../video/src/test/media/lake.jpg";
    Path text = Files.writeString(folder.resolve("text.jpg"), "no image");
    CommandLineRun run = CommandLineRun.of("classify", "--top", "2", text.toString(), lake);
    assertThat(run.code()).isEqualTo(4);
    assertThat(run.out()).hasLineCount(2).containsPattern("(?m)^0\\.\\d\\d  .+  " + lake + "$");
    assertThat(run.err()).contains("text.jpg").hasLineCount(1);
    assertSentence(3, "nowhere.png", "classify", "nowhere.png");
    assertSentence(2, "--top must be at least 1", "classify", "--top", "0", lake);
    assertSentence(3, "--weights", "classify", "--network", "places365_resnet18", lake);
  }

  @Test
  void theSpecIsPrintedWithItsId() {
    CommandLineRun run = CommandLineRun.of("spec", "--preset", "faces", "--step", "4");
    assertThat(run.code()).isZero();
    assertThat(run.out()).containsPattern("# id [0-9a-f]{16}\n").contains("step: 4.0");
  }

  @Test
  void aCommaWithASpaceBelongsToAClassesName() {
    String spec = CommandLineRun.of("spec", "--class", "eye, green", "--class", "owl,rose").out();
    assertThat(spec).contains("class: \"eye, green\"", "class: owl", "class: rose");
  }

  @Test
  void drawTakesWhatItDrawsFromItsWordsAlone() {
    String eye = folder.resolve("eye.png").toString();
    assertSentence(2, "omit --class, --layer,", "draw", "--class", "rose", "3", eye);
    assertSentence(2, "omit --class, --layer,", "draw", "--guide", CLIP, "3", eye);
    assertSentence(2, "have no class objective", "draw", "--recipe", "eyes", "3", eye);
  }

  @Test
  void aWrongOptionKeyOrValueIsTwo() {
    assertThat(CommandLineRun.of("video", "--ovrewrite", CLIP, out()).code()).isEqualTo(2);
    CommandLineRun key = CommandLineRun.of("video", "--set", "octaves.cuont=3", CLIP, out());
    assertThat(key.code()).isEqualTo(2);
    assertThat(key.err().strip()).endsWith("did you mean 'octaves.count'?").hasLineCount(1);
    assertThat(CommandLineRun.of("video", "--octaves", "x", CLIP, out()).code()).isEqualTo(2);
    assertSentence(
        2, "--checkpoint must be a number of seconds", "video", "--checkpoint", "-1", CLIP, out());
    CommandLineRun container = CommandLineRun.of("video", CLIP, folder.resolve("o.xyz").toString());
    assertThat(container.code()).isEqualTo(2);
    assertThat(container.err()).contains("unsupported extension '.xyz'");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void invalidInputsExitWithThree() throws IOException {
    Path text = Files.writeString(folder.resolve("text.mp4"), "no video");
    Path cut = folder.resolve("cut.mp4");
    Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(Path.of(CLIP)), 100_000));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertSentence(3, "text.mp4", "video", text.toString(), out());
    assertSentence(3, "truncated", "video", cut.toString(), out());
    assertSentence(3, "contains no images", "images", empty.toString(), out());
    assertSentence(3, "nowhere.mp4 does not exist", "video", "nowhere.mp4", out());
    assertSentence(3, "no layer 'conv9'", "video", "--layer", "conv9", CLIP, out());
    assertSentence(3, "too small", "video", "--size", "20x", CLIP, out());
    assertSentence(3, "--start 9 is after the last frame of", "video", "--start", "9", CLIP, out());
    assertThat(Path.of(out())).doesNotExist();
    try (var left = Files.list(folder)) {
      assertThat(left).hasSize(3);
    }
  }

  @Test
  void timesThatLeaveNoFrameAreNamed() {
    assertSentence(3, "; it is 3.00 s long", "video", "--start", "9", CLIP, out());
    assertSentence(3, "--end 0 is before the first frame", "video", "--end", "0", CLIP, out());
    assertSentence(
        3,
        "has no frame between --start 1.01 and --end 1.02",
        "video",
        "--start",
        "1.01",
        "--end",
        "1.02",
        CLIP,
        out());
  }

  @Test
  void aVideoAmongImagesIsSentToTheOtherCommand() {
    assertSentence(
        3,
        "clip.mp4 is a video, not an image; `reverie video` dreams videos",
        "images",
        CLIP,
        folder.resolve("a.png").toString());
  }

  @Test
  void aDryRunPrintsThePlanAndChangesNothing() {
    CommandLineRun run = CommandLineRun.of("video", "--dry-run", CLIP, out());
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("36 frames", "shots: 1, segments: 1", "megapixel steps");
    assertThat(folder).isEmptyDirectory();
  }

  private String out() {
    return folder.resolve("out.mp4").toString();
  }

  private static void assertSentence(int code, String part, String... words) {
    CommandLineRun run = CommandLineRun.of(words);
    assertThat(run.err()).contains(part).startsWith("reverie: ").hasLineCount(1);
    assertThat(run.code()).isEqualTo(code);
  }
}
