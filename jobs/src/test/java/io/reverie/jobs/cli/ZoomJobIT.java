package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reverie.jobs.rerun.FrameComparison;
import io.reverie.jobs.storage.Location;
import io.reverie.video.Frame;
import io.reverie.video.Rational;
import io.reverie.video.VideoIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zoom videos, from the command to the frames. */
class ZoomJobIT {

  private static final String CLOUDS = "../video/src/test/media/clouds.png";

  @TempDir private Path folder;

  @Test
  void aDiveHasItsFramesAtItsRateAndTheSameTwice() {
    Path once = zoom("once.mkv", CLOUDS);
    VideoIndex index = Videos.index(once);
    assertThat(index.count()).isEqualTo(6);
    assertThat(index.rate()).isEqualTo(new Rational(24, 1));
    assertThat(index.size().width()).isEqualTo(96);
    List<Integer> frames = Videos.hashes(once);
    assertThat(frames).doesNotHaveDuplicates();
    assertThat(Videos.hashes(zoom("again.mkv", CLOUDS))).isEqualTo(frames);
    assertThat(Videos.hashes(zoom("chunks.mkv", CLOUDS, "video.chunk=2"))).isEqualTo(frames);
  }

  @Test
  void theCameraIsThatOfTheFrame() {
    List<Integer> steady = Videos.hashes(zoom("steady.mkv", CLOUDS));
    List<Integer> fast =
        Videos.hashes(
            zoom(
                "fast.mkv",
                CLOUDS,
                "camera.zoom=[{frame: 0, value: 1.03}, {frame: 3, value: 1.06, easing: hold}]"));
    assertThat(fast.subList(0, 3)).isEqualTo(steady.subList(0, 3));
    assertThat(fast.subList(3, 6)).doesNotContainAnyElementsOf(steady);
  }

  @Test
  void undreamedFramesAreTheMagnifiedImage() {
    List<Frame> frames =
        Videos.frames(
            zoom("bare.mkv", CLOUDS, "strength=0", "zoom.toneCorrection=0", "camera.zoom=2"));
    for (int c = 0; c < 3; c++) {
      // The middle of what is seen stays the middle.
      assertThat(middle(frames.get(5), c)).isCloseTo(middle(frames.get(2), c), within(25.0));
    }
    assertThat(unevenness(frames.get(5))).isLessThan(unevenness(frames.get(0)) / 4);
  }

  private static double middle(Frame frame, int channel) {
    int at = frame.height() / 2 * frame.width() + frame.width() / 2;
    return frame.rgb()[3 * at + channel];
  }

  private static double unevenness(Frame frame) {
    double sum = 0;
    for (int i = 3; i < frame.rgb().length; i++) {
      sum += Math.abs(frame.rgb()[i] - frame.rgb()[i - 3]);
    }
    return sum;
  }

  @Test
  void theEndOfACircleLeadsIntoItsBeginning() {
    List<Frame> circle =
        Videos.frames(zoom("circle.mkv", CLOUDS, "zoom.frames=12", "zoom.loop=5", "video.chunk=2"));
    assertThat(circle).hasSize(12);
    double neighbours = 0;
    for (int i = 1; i < 12; i++) {
      neighbours = Math.max(neighbours, distance(circle.get(i - 1), circle.get(i)));
    }
    assertThat(distance(circle.get(11), circle.get(0))).isLessThan(1.2 * neighbours);
    List<Frame> line = Videos.frames(zoom("line.mkv", CLOUDS, "zoom.frames=12"));
    assertThat(distance(line.get(11), line.get(0))).isGreaterThan(1.5 * neighbours);
    for (int i = 5; i < 12; i++) {
      assertThat(circle.get(i).rgb()).isEqualTo(line.get(i).rgb());
    }
  }

  private static double distance(Frame a, Frame b) {
    double sum = 0;
    for (int i = 0; i < a.rgb().length; i++) {
      sum += Math.abs(a.rgb()[i] - b.rgb()[i]);
    }
    return sum / a.rgb().length;
  }

  @Test
  void noiseIsDivedIntoAndRerunsAreTheSame() {
    Path noise = zoom("noise.mkv", "noise:");
    assertThat(Videos.index(noise).size().height()).isEqualTo(64);
    Path clouds = zoom("clouds.mp4", CLOUDS);
    for (List<String> made :
        List.of(List.of(noise.toString()), List.of(clouds.toString(), "--input", CLOUDS))) {
      CommandLineRun run =
          CommandLineRun.of(
              Stream.concat(Stream.of("rerun", "--quiet"), made.stream()).toArray(String[]::new));
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.out()).endsWith("same frames\n");
    }
  }

  @Test
  void numberedFramesAndGifAreDivesToo() throws IOException {
    Path stills = zoom("frames/%03d.png", CLOUDS);
    assertThat(stills.resolveSibling("006.png")).exists();
    assertThat(stills.resolveSibling("007.png")).doesNotExist();
    assertThat(
            FrameComparison.firstDifference(location(stills), location(zoom("same.mkv", CLOUDS))))
        .isEmpty();
    assertThat(Videos.index(zoom("zoom.gif", CLOUDS)).count()).isEqualTo(6);
  }

  private static Location location(Path file) {
    return Location.of(file.toString());
  }

  @Test
  void aBrokenImageFailsAlone() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.png"), "no picture");
    Path out = Files.createDirectory(folder.resolve("out"));
    CommandLineRun run = run(out, List.of(broken.toString(), CLOUDS));
    assertThat(run.code()).isEqualTo(Reverie.SOME_FAILED);
    assertThat(run.err()).contains("broken.png");
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("clouds.mp4", "clouds.mp4.json");
    }
    assertThat(Videos.index(out.resolve("clouds.mp4")).count()).isEqualTo(6);
    assertThat(run(out, List.of(CLOUDS)).err()).contains("clouds.mp4 already exists");
  }

  @Test
  void aDiveThatWasCutOffGoesOnWithTheSameFrames() throws IOException {
    Path out = folder.resolve("zoom.mkv");
    String[] kept = {"--set", "video.chunk=2", "--checkpoint", "0", "--keep-work", CLOUDS};
    assertThat(CommandLineRun.of(words(out, List.of(kept))).code()).isZero();
    List<Integer> whole = Videos.hashes(out);
    Path work = only(folder.resolve(".reverie/work"));
    try (Stream<Path> pieces = Files.list(work)) {
      pieces.forEach(piece -> piece.toFile().delete());
    }
    Files.delete(out);
    // Where the second piece is to go.
    Path inTheWay = Files.createDirectories(work.resolve("segment-000000-001/x")).getParent();
    CommandLineRun broken = CommandLineRun.of(words(out, List.of(kept)));
    assertThat(broken.code()).as(broken.err()).isNotZero();
    assertThat(out).doesNotExist();
    Path first = work.resolve("segment-000000-000");
    FileTime done = Files.getLastModifiedTime(first);
    Files.delete(inTheWay.resolve("x"));
    Files.delete(inTheWay);
    CommandLineRun again = CommandLineRun.of(words(out, List.of(kept)));
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(Videos.hashes(out)).isEqualTo(whole);
    assertThat(Files.getLastModifiedTime(first)).isEqualTo(done);
  }

  private static Path only(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().orElseThrow();
    }
  }

  @Test
  void invalidSettingsFailBeforeAnyWork() {
    Path out = folder.resolve("o.mkv");
    assertSentence(run(out, List.of(CLOUDS, CLOUDS)), 2, "name a folder");
    assertSentence(run(out, List.of("gone.png")), 3, "gone.png does not exist");
    assertSentence(run(folder.resolve("o.txt"), List.of(CLOUDS)), 2, "unsupported extension");
    assertSentence(run(out, List.of(CLOUDS), "zoom.loop=7"), 2, "zoom.loop must be");
    assertSentence(run(out, List.of(CLOUDS), "camera.zoom=0"), 2, "camera.zoom must be");
    assertSentence(
        run(out, List.of(CLOUDS), "step={audio: full, from: 1}"), 2, "cannot follow sound");
    assertSentence(run(out, List.of(CLOUDS), "mask.file=" + CLOUDS), 2, "does not support masks");
    CommandLineRun plan =
        CommandLineRun.of("zoom", "--dry-run", "--loop", "30", CLOUDS, out.toString());
    assertThat(plan.out()).contains("240 frames, 8.0 s, the end faded");
    assertThat(folder.resolve("o.mkv")).doesNotExist();
  }

  @Test
  void withoutAZoomSettingTheDefaultApplies() {
    Path out = zoom("default.mkv", CLOUDS);
    CommandLineRun still =
        CommandLineRun.of(words(folder.resolve("still.mkv"), List.of("--zoom", "1", CLOUDS)));
    assertThat(still.code()).as(still.err()).isZero();
    assertThat(json(out)).contains("\"zoom\" : 1.03");
    assertThat(json(folder.resolve("still.mkv"))).contains("\"zoom\" : 1.0,");
  }

  private static String json(Path result) {
    try {
      return Files.readString(result.resolveSibling(result.getFileName() + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertSentence(CommandLineRun run, int code, String part) {
    assertThat(run.err()).contains(part).startsWith("reverie: ").hasLineCount(1);
    assertThat(run.code()).isEqualTo(code);
  }

  private Path zoom(String name, String input, String... settings) {
    Path out = folder.resolve(name);
    CommandLineRun run = run(out, List.of(input), settings);
    assertThat(run.code()).as(run.err()).isZero();
    return out;
  }

  private CommandLineRun run(Path out, List<String> inputs, String... settings) {
    List<String> all = new ArrayList<>();
    Arrays.stream(settings).forEach(setting -> all.addAll(List.of("--set", setting)));
    all.addAll(inputs);
    return CommandLineRun.of(words(out, all));
  }

  private static String[] words(Path out, List<String> more) {
    List<String> words =
        new ArrayList<>(List.of("zoom", "--size", "96x64", "--frames", "6", "--fps", "24"));
    words.addAll(List.of("--octaves", "2", "--iterations", "3"));
    if (out.toString().endsWith(".mkv")) {
      words.addAll(List.of("--codec", "ffv1"));
    }
    words.addAll(more);
    words.add(out.toString());
    return words.toArray(String[]::new);
  }
}
