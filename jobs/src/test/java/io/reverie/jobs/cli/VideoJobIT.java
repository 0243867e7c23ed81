package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.Frame;
import io.reverie.video.MediaSource;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way from a video to a dream video, on the sample clip. */
class VideoJobIT {

  private static final String CLIP = "../video/src/test/media/clip.mp4";

  @TempDir private Path folder;

  @Test
  void oneAndManySegmentsInFlightGiveTheSameFrames() {
    Path one = folder.resolve("one.mkv");
    Path many = folder.resolve("many.mkv");
    dream(
        "local[1,4]",
        one,
        "--codec",
        "ffv1",
        "--set",
        "video.segment=7",
        "--set",
        "video.overlap=1");
    dream(
        "local[3,4]",
        many,
        "--codec",
        "ffv1",
        "--set",
        "video.segment=7",
        "--set",
        "video.overlap=1");
    List<Integer> frames = Videos.hashes(one);
    assertThat(frames).hasSize(36).doesNotHaveDuplicates();
    assertThat(Videos.hashes(many)).isEqualTo(frames);
  }

  @Test
  void timesAreTheSourcesAndAnExistingResultIsKeptUnlessOverwritten() throws IOException {
    Path out = folder.resolve("dream.mp4");
    assertThat(dream("local[2,4]", out).code()).isZero();
    assertThat(Videos.index(out).times()).isEqualTo(Videos.index(Path.of(CLIP)).times());
    FileTime made = Files.getLastModifiedTime(out);
    assertThat(dream("local[2,4]", out).err()).contains("was kept; --overwrite replaces it");
    assertThat(Files.getLastModifiedTime(out)).isEqualTo(made);
    dream("local[2,4]", out, "--overwrite", "--seed", "2");
    assertThat(Files.getLastModifiedTime(out)).isGreaterThan(made);
    assertOnly("dream.mp4", "dream.mp4.json");
  }

  @Test
  void withoutStrengthTheSourceComesBack() {
    Path out = folder.resolve("same.mkv");
    CommandLineRun.of("video", "--strength", "0", "--codec", "ffv1", CLIP, out.toString());
    List<Frame> source = Videos.frames(Path.of(CLIP));
    List<Frame> result = Videos.frames(out);
    assertThat(result).hasSameSizeAs(source);
    for (int i = 0; i < source.size(); i++) {
      assertThat(meanDifference(source.get(i), result.get(i))).isLessThan(0.01);
    }
  }

  @Test
  void aFailingItemSpoilsNoOther() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.mp4"), "no video");
    Path good = Files.copy(Path.of(CLIP), folder.resolve("good [1] %20 {x} ü.mp4"));
    Path out = folder.resolve("out");
    CommandLineRun run =
        CommandLineRun.of(
            small("video", "--json", bad.toString(), good.toString(), out.toString()));
    assertThat(run.code()).isEqualTo(4);
    assertThat(run.err()).contains("bad.mp4").doesNotContain("\tat ");
    assertThat(run.out()).contains("\"status\":\"FAILED\"", "\"status\":\"DREAMED\"");
    assertThat(Videos.index(out.resolve(good.getFileName())).count()).isEqualTo(36);
    assertThat(out.resolve("bad.mp4")).doesNotExist();
  }

  @Test
  void aPartOfTheSourceBeginsAtZero() {
    Path out = folder.resolve("part.mp4");
    dream("local[2,4]", out, "--start", "1", "--end", "00:00:02");
    assertThat(Videos.index(out).count()).isEqualTo(12);
    assertThat(Videos.index(out).times()[0]).isZero();
  }

  @Test
  void numberedFramesAreAVideoToo() throws IOException {
    Path stills = Files.createDirectory(folder.resolve("frames"));
    for (int i = 8; i < 12; i++) {
      Files.copy(
          Path.of("../video/src/test/media/clouds.png"), stills.resolve("f%d.png".formatted(i)));
    }
    Path out = folder.resolve("stills.webm");
    CommandLineRun run =
        CommandLineRun.of(
            small(
                "video",
                "--temporal",
                "none",
                "--fps",
                "12",
                stills.resolve("f%d.png").toString(),
                out.toString()));
    assertThat(run.err()).isEmpty();
    assertThat(Videos.index(out).count()).isEqualTo(4);
    assertThat(Videos.hashes(out)).doesNotHaveDuplicates();
  }

  @Test
  void numberedFramesAreAnOutputToo() throws IOException {
    Path out = folder.resolve("frames/%03d.png");
    dream(
        "local[2,4]",
        out,
        "--set",
        "video.segment=5",
        "--temporal",
        "none",
        "--set",
        "video.overlap=1",
        "--start",
        "1",
        "--end",
        "2");
    try (Stream<Path> stills = Files.list(out.getParent())) {
      assertThat(stills.map(f -> f.getFileName().toString()))
          .hasSize(13)
          .contains("001.png", "012.png", "%03d.png.json");
    }
    Path lossless = folder.resolve("same.mkv");
    dream(
        "local[2,4]",
        lossless,
        "--temporal",
        "none",
        "--start",
        "1",
        "--end",
        "2",
        "--codec",
        "ffv1");
    float[] seventh = Stills.read(MediaSource.of(out.resolveSibling("007.png"))).frame().rgb();
    assertThat(Videos.frames(lossless).get(6).rgb()).isEqualTo(seventh);
  }

  @Test
  void aDreamSizeOfItsOwnKeepsTheOutputsSize() {
    Path out = folder.resolve("big.mp4");
    dream("local[2,4]", out, "--set", "size=160x90", "--dream-size", "96x", "--end", "0.5");
    assertThat(Videos.index(out).size().toString()).isEqualTo("160x90");
  }

  private CommandLineRun dream(String master, Path out, String... more) {
    List<String> words = new ArrayList<>(List.of(small("video")));
    words.addAll(Arrays.asList(more));
    words.addAll(List.of(CLIP, out.toString(), "--", "--master", master));
    CommandLineRun run = CommandLineRun.of(words.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  /** A command with settings that make it quick. */
  private static String[] small(String command, String... more) {
    return Stream.concat(
            Stream.of(command, "--size", "96x54", "--octaves", "1", "--iterations", "2"),
            Arrays.stream(more))
        .toArray(String[]::new);
  }

  private void assertOnly(String... names) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder(names);
    }
  }

  private static double meanDifference(Frame a, Frame b) {
    double sum = 0;
    for (int i = 0; i < a.rgb().length; i++) {
      sum += Math.abs(a.rgb()[i] - b.rgb()[i]);
    }
    return sum / a.rgb().length;
  }
}
