package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.reverie.video.MediaSource;
import io.reverie.video.still.Stills;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes out of noise, and what a network takes them for. */
class DrawIT {

  private static final Path SQUEEZENET = Path.of("../../shared/models/squeezenet1_0-imagenet.pth");

  @TempDir private Path folder;

  @Test
  void theNetworkRecognisesWhatItDraws() {
    Path out = folder.resolve("rose.png");
    CommandLineRun run =
        CommandLineRun.of("draw", "--quiet", "--iterations", "40", "6", out.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(Stills.read(MediaSource.of(out)).frame().width()).isEqualTo(224);
    CommandLineRun guess = CommandLineRun.of("classify", "--top", "1", out.toString());
    CommandLineRun name = CommandLineRun.of("networks", "embedded", "--classes");
    String sixth = name.out().lines().filter(l -> l.strip().startsWith("6 ")).findFirst().get();
    assertThat(guess.out()).contains(sixth.strip().substring(2).strip());
    assertThat(probability(guess)).isGreaterThan(0.9);
  }

  @Test
  void severalClassesGoToAFolderAndAnUnknownOneIsRefusedBeforeAnyWork() {
    String out = folder.resolve("drawings").toString();
    List<String> words =
        new ArrayList<>(List.of("draw", "--quiet", "--size", "64x64", "--iterations", "2"));
    CommandLineRun wrong =
        CommandLineRun.of(with(words, "3", "no such thing", out).toArray(String[]::new));
    assertThat(wrong.code()).isNotZero();
    assertThat(wrong.err()).contains("unknown class 'no such thing'").hasLineCount(1);
    assertThat(folder.resolve("drawings")).doesNotExist();
    CommandLineRun run = CommandLineRun.of(with(words, "3", "5", out).toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(folder.resolve("drawings/3.png")).isNotEmptyFile();
    assertThat(folder.resolve("drawings/5.png")).isNotEmptyFile();
    CommandLineRun more = CommandLineRun.of(with(words, "4", out).toArray(String[]::new));
    assertThat(more.code()).as(more.err()).isZero();
    assertThat(folder.resolve("drawings/4.png")).isNotEmptyFile();
  }

  @Test
  void aDrawingThatFailsIsNamedByItsResult() {
    String out = folder.resolve("tiny.png").toString();
    CommandLineRun run = CommandLineRun.of("draw", "--size", "8x8", "3", out);
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err()).contains("reverie: " + out + ": an image of 8x8 px is too small");
    CommandLineRun guided = CommandLineRun.of("images", "--guide", "no such.png", "noise:", out);
    assertThat(guided.code()).isEqualTo(3);
    assertThat(guided.err())
        .contains("the file no such.png, named in the settings, does not exist");
    CommandLineRun inFolder = CommandLineRun.of("images", "--guide", "" + folder, "noise:", out);
    assertThat(inFolder.code()).isEqualTo(3);
    assertThat(inFolder.err()).contains(folder + ", named in the settings, is a folder");
  }

  @Test
  void squeezeNetRecognisesItsGoldfish() {
    assumeThat(SQUEEZENET).exists();
    Path out = folder.resolve("goldfish.png");
    String[] network = {"--network", "squeezenet1_0", "--weights", SQUEEZENET.toString()};
    List<String> draw = with(new ArrayList<>(List.of("draw", "--iterations", "30")), network);
    CommandLineRun.of(with(draw, "goldfish", out.toString()).toArray(String[]::new));
    List<String> classify = with(new ArrayList<>(List.of("classify", "--top", "1")), network);
    CommandLineRun guess = CommandLineRun.of(with(classify, out.toString()).toArray(String[]::new));
    assertThat(guess.out()).contains("goldfish");
    assertThat(probability(guess)).isGreaterThan(0.9);
  }

  private static double probability(CommandLineRun guess) {
    String line = guess.out().strip();
    return Double.parseDouble(line.substring(0, line.indexOf(' ')));
  }

  private static List<String> with(List<String> words, String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return all;
  }
}
