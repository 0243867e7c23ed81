package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.Frame;
import io.reverie.video.MediaSource;
import io.reverie.video.Size;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Masks and guides, from the command to the pictures. */
class RegionIT {

  private static final String CLIP = "../video/src/test/media/clip.mp4";
  private static final Size SIZE = new Size(96, 54);

  @TempDir private Path folder;

  @Test
  void aStillDreamsWhereItsMaskIsWhite() throws IOException {
    String mask = mask("half.png", x -> x < 48 ? 0 : 255);
    float[] source = picture(still());
    float[] half = picture(dreamStill("half", "--set", "mask.file=" + mask));
    float[] other =
        picture(dreamStill("other", "--set", "mask.file=" + mask, "--set", "mask.invert=true"));
    assertThat(changed(source, half, 0, 48)).isZero();
    assertThat(changed(source, half, 48, 96)).isGreaterThan(2);
    assertThat(changed(source, other, 0, 48)).isGreaterThan(2);
    assertThat(changed(source, other, 48, 96)).isZero();
  }

  @Test
  void aWhiteMaskChangesNothingAndABlackOneIsAWarning() throws IOException {
    Path plain = dreamStill("plain");
    Path white = dreamStill("white", "--set", "mask.file=" + mask("white.png", x -> 255));
    assertThat(picture(white)).isEqualTo(picture(plain));
    String black = mask("black.png", x -> 0);
    CommandLineRun run =
        run("images", List.of("--set", "mask.file=" + black), still(), out("black.png"));
    assertThat(run.err()).contains("the mask is black everywhere, so nothing was dreamed");
    assertThat(picture(Path.of(out("black.png")))).isEqualTo(picture(still()));
  }

  @Test
  void aSourceMayBringItsOwnMask() throws IOException {
    Frame own = Stills.read(MediaSource.of(Path.of(still()))).frame();
    float[] alpha = new float[96 * 54];
    for (int i = 0; i < alpha.length; i++) {
      alpha[i] = i % 96 < 48 ? 0 : 255;
    }
    Frame cut = new Frame(96, 54, own.rgb(), Optional.of(alpha), 0, false);
    Path file = folder.resolve("cut.png");
    Files.write(file, Stills.encode(cut, "cut.png", 8, 90));
    run("images", List.of("--set", "mask.alpha=true"), file.toString(), out("dreamed.png"));
    float[] dreamed = picture(out("dreamed.png"));
    assertThat(changed(own.rgb(), dreamed, 0, 48)).isZero();
    assertThat(changed(own.rgb(), dreamed, 48, 96)).isGreaterThan(2);
    for (String source : List.of(still(), CLIP)) {
      String kind = source.equals(CLIP) ? "video" : "images";
      String name = kind + (source.equals(CLIP) ? ".mkv" : ".png");
      CommandLineRun run = words(kind, List.of("--set", "mask.alpha=true"), source, out(name));
      assertThat(run.code()).isEqualTo(3);
      assertThat(run.err()).contains("has no alpha channel to use as a mask");
    }
  }

  /** Also at seams, whose frames come from files. */
  @ParameterizedTest
  @ValueSource(strings = {"carry", "blend", "none"})
  void aVideoStaysAsItIsWhereItsMaskIsBlack(String init) throws IOException {
    String mask = mask("half.png", x -> x < 48 ? 0 : 255);
    List<String> words = new ArrayList<>(List.of("--temporal", init, "--set", "mask.file=" + mask));
    words.addAll(List.of("--set", "video.segment=20", "--set", "video.overlap=5"));
    List<Frame> dreams = Videos.frames(dream("half", words, CLIP));
    List<Frame> sources = Videos.frames(dream("source", List.of("--strength", "0"), CLIP));
    assertThat(dreams).hasSize(36);
    for (int i = 0; i < 36; i++) {
      assertThat(changed(sources.get(i).rgb(), dreams.get(i).rgb(), 0, 48)).as("%d", i).isZero();
      assertThat(changed(sources.get(i).rgb(), dreams.get(i).rgb(), 48, 96)).isGreaterThan(2);
    }
  }

  @Test
  void aMaskVideoIsMatchedByTimeAndItsLastFrameStays() throws IOException {
    for (int i = 0; i < 12; i++) {
      int half = i < 6 ? 0 : 48;
      mask("m%02d.png".formatted(i), x -> x >= half && x < half + 48 ? 255 : 0);
    }
    Path mask = folder.resolve("mask.mkv");
    CommandLineRun made =
        CommandLineRun.of(
            "video",
            "--fps",
            "12",
            "--codec",
            "ffv1",
            "--strength",
            "0",
            folder.resolve("m%02d.png").toString(),
            mask.toString());
    assertThat(made.code()).as(made.err()).isZero();
    List<Frame> dreams = Videos.frames(dream("d", List.of("--set", "mask.file=" + mask), CLIP));
    List<Frame> sources = Videos.frames(dream("source", List.of("--strength", "0"), CLIP));
    for (int i : new int[] {0, 5, 6, 11, 12, 35}) {
      int black = i < 6 ? 48 : 0;
      float[] source = sources.get(i).rgb();
      assertThat(changed(source, dreams.get(i).rgb(), black, black + 48)).as("%d", i).isZero();
      assertThat(changed(source, dreams.get(i).rgb(), 48 - black, 96 - black)).isPositive();
    }
  }

  /** A mask that follows what it covers is the same wherever tasks begin. */
  @Test
  void anyPlanOfSegmentsGivesTheSameFrames() throws IOException {
    mask("f00001.png", x -> x > 20 && x < 50 ? 255 : 0);
    mask("f00019.png", x -> x > 60 ? 255 : 0);
    List<String> words = new ArrayList<>(List.of("--temporal", "none"));
    words.addAll(List.of("--set", "mask.file=" + folder.resolve("f%05d.png")));
    words.addAll(List.of("--set", "mask.feather=3", "--set", "video.overlap=0"));
    List<Integer> one = Videos.hashes(dream("one", with(words, "video.segment=160"), CLIP));
    List<Integer> some = Videos.hashes(dream("some", with(words, "video.segment=7"), CLIP));
    assertThat(some).isEqualTo(one).hasSize(36);
  }

  @Test
  void aVideoGuideIsNotItsFirstFrame() throws IOException {
    String guided = "layers=[{objective: guide, guide: '%s'}]";
    List<String> moving = List.of("--set", guided.formatted(CLIP), "--temporal", "none");
    Path first = folder.resolve("first.png");
    Files.write(first, Stills.encode(Videos.frames(Path.of(CLIP)).get(0), "first.png", 8, 90));
    List<String> still = List.of("--set", guided.formatted(first), "--temporal", "none");
    List<Integer> moved = Videos.hashes(dream("moved", moving, "../video/src/test/media/clip.mp4"));
    List<Integer> stood = Videos.hashes(dream("stood", still, "../video/src/test/media/clip.mp4"));
    assertThat(moved.get(0)).isEqualTo(stood.get(0));
    assertThat(moved.get(30)).isNotEqualTo(stood.get(30));
  }

  @Test
  void whatIsWrongIsOneSentence() throws IOException {
    assertThat(wrong("mask.file=" + folder.resolve("m%03d.png")))
        .contains(
            "the file " + folder.resolve("m%03d.png") + ", named in the settings, does not exist");
    assertThat(wrong("mask.file=nowhere.png"))
        .contains("the file nowhere.png, named in the settings, does not exist");
    assertThat(wrong("mask.file=" + folder))
        .contains(folder + ", named in the settings, is a folder", folder + "/%05d.png");
    Path text = Files.writeString(folder.resolve("text.mp4"), "no video");
    assertThat(wrong("mask.file=" + text)).contains("cannot read the mask: " + text);
    Path broken = Files.writeString(folder.resolve("broken.png"), "no picture");
    assertThat(wrong("mask.file=" + broken)).contains("cannot read the mask: " + broken);
  }

  private String wrong(String setting) {
    CommandLineRun run = words("video", List.of("--set", setting), CLIP, out("wrong.mkv"));
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err()).doesNotContain("\tat ");
    return run.err();
  }

  private interface Level {
    int at(int x);
  }

  private String mask(String name, Level level) throws IOException {
    float[] rgb = new float[96 * 54 * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = level.at(i / 3 % 96);
    }
    Path file = folder.resolve(name);
    Frame frame = new Frame(96, 54, rgb, Optional.empty(), 0, false);
    Files.write(file, Stills.encode(frame, name, 8, 90));
    return file.toString();
  }

  private String still() throws IOException {
    Path file = folder.resolve("still.png");
    if (!Files.exists(file)) {
      Frame lake = Stills.read(MediaSource.of(Path.of("../video/src/test/media/lake.jpg"))).frame();
      Files.write(file, Stills.encode(Stills.scale(lake, SIZE), "still.png", 8, 90));
    }
    return file.toString();
  }

  private static float[] picture(Path file) {
    return Stills.read(MediaSource.of(file)).frame().rgb();
  }

  private static float[] picture(String file) {
    return picture(Path.of(file));
  }

  /** The mean change over some columns. */
  private static double changed(float[] a, float[] b, int from, int to) {
    double sum = 0;
    int places = 0;
    for (int i = 0; i < a.length; i++) {
      int x = i / 3 % 96;
      if (x >= from && x < to) {
        sum += Math.abs(a[i] - b[i]);
        places++;
      }
    }
    return sum / places;
  }

  private Path dreamStill(String name, String... more) throws IOException {
    run("images", Arrays.asList(more), still(), out(name + ".png"));
    return Path.of(out(name + ".png"));
  }

  private Path dream(String name, List<String> more, String source) {
    List<String> words = new ArrayList<>(List.of("--size", "96x54", "--codec", "ffv1"));
    words.addAll(List.of("--set", "video.pixelFormat=bgr0"));
    words.addAll(more);
    run("video", words, source, out(name + ".mkv"));
    return Path.of(out(name + ".mkv"));
  }

  private String out(String name) {
    return folder.resolve("out").resolve(name).toString();
  }

  private static CommandLineRun run(String kind, List<String> more, String source, String out) {
    CommandLineRun run = words(kind, more, source, out);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private static CommandLineRun words(String kind, List<String> more, String source, String out) {
    List<String> words = new ArrayList<>(List.of(kind, "--octaves", "2", "--iterations", "3"));
    words.addAll(more);
    words.addAll(List.of(source, out));
    return CommandLineRun.of(words.toArray(String[]::new));
  }

  private static List<String> with(List<String> words, String setting) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--set", setting));
    return all;
  }
}
