package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reverie.video.MediaSource;
import io.reverie.video.still.Stills;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings that change over time, from the command to the frames, on the sample clip. */
class ScheduledVideoIT {

  private static final String CLIP = "../video/src/test/media/clip.mp4";
  private static final String ALONE = "video.temporal=none";
  private static final String FADE =
      "layers=[{layer: conv4.3, weight: [{time: 0.5, value: 1}, {time: 2.5, value: 0}]},"
          + " {layer: conv5.1, weight: [{time: 0.5, value: 0}, {time: 2.5, value: 1}]}]";

  @TempDir private Path folder;

  @Test
  void everyFrameIsThatOfItsTimeInWhateverSegmentAndPart() {
    String step = "step=[{frame: 0, value: 1}, {frame: 36, value: 9}]";
    List<Integer> frames = dream("whole", ALONE, step);
    assertThat(frames).hasSize(36).doesNotHaveDuplicates();
    assertThat(dream("cut", ALONE, step, "video.segment=7", "video.overlap=1")).isEqualTo(frames);
    assertThat(dream("part", ALONE, step, "video.start=1", "video.end=2"))
        .isEqualTo(frames.subList(12, 24));
    List<Integer> steady = dream("steady", ALONE, "step=5");
    for (int i = 0; i < 36; i++) {
      assertThat(frames.get(i).equals(steady.get(i))).as("frame %d", i).isEqualTo(i == 18);
    }
  }

  @Test
  void aLayerFadesIntoAnother() {
    List<Integer> fade = dream("fade", ALONE, FADE);
    List<Integer> early = dream("early", ALONE, "layers=[{layer: conv4.3}]");
    List<Integer> late = dream("late", ALONE, "layers=[{layer: conv5.1}]");
    assertThat(fade.subList(0, 7)).isEqualTo(early.subList(0, 7));
    assertThat(fade.subList(30, 36)).isEqualTo(late.subList(30, 36));
    assertThat(fade.subList(7, 30)).doesNotContainAnyElementsOf(early);
    assertThat(fade.subList(7, 30)).doesNotContainAnyElementsOf(late);
  }

  @Test
  void theStrengthIsThatOfTheTimeInSegmentsAndSeams() {
    String late = "strength=[{time: 0, value: 0}, {time: 1.5, value: 1, easing: hold}]";
    List<Integer> frames = dream("late", late, "video.segment=14", "video.overlap=4");
    List<Integer> source = dream("source", "strength=0");
    assertThat(frames.subList(0, 18)).isEqualTo(source.subList(0, 18));
    assertThat(frames.subList(18, 36)).doesNotContainAnyElementsOf(source);
  }

  @Test
  void theSoundDrivesADream() {
    List<Integer> frames = dream("sound", ALONE, "strength={audio: full, scale: 1, smoothing: 0}");
    List<Integer> whole = dream("whole", ALONE);
    assertThat(frames).doesNotHaveDuplicates().doesNotContainSequence(whole.subList(0, 5));
  }

  @Test
  void aSilentSourceIsAWarning() throws Exception {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "ffmpeg"))));
    Path silent = folder.resolve("silent.mp4");
    String words = "-i %s -f lavfi -i anullsrc -map 0:v -map 1:a -t 0.5 -c:v copy %s";
    List<String> ffmpeg = new ArrayList<>(List.of("ffmpeg", "-v", "error"));
    ffmpeg.addAll(List.of(words.formatted(CLIP, silent).split(" ")));
    assertThat(new ProcessBuilder(ffmpeg).start().waitFor()).isZero();
    CommandLineRun run =
        run(List.of(), silent.toString(), "s.mkv", "strength={audio: bass, from: 0.5}");
    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("the sound is silent, so strength did not change");
    assertThat(run(List.of(), CLIP, "c.mkv", "strength={audio: bass, from: 0.5}").err())
        .doesNotContain("silent");
  }

  @Test
  void whatHasNoSoundFailsInOneSentence() throws IOException {
    Path stills = Files.createDirectory(folder.resolve("frames"));
    Files.copy(Path.of("../video/src/test/media/clouds.png"), stills.resolve("f1.png"));
    String sound = "step={audio: bass, from: 1}";
    CommandLineRun video =
        run(List.of("--fps", "12"), stills.resolve("f%d.png").toString(), "o.mkv", sound);
    assertThat(video.code()).isEqualTo(3);
    assertThat(video.err()).contains("f%d.png has no sound for step to follow");
    Path out = folder.resolve("o.png");
    CommandLineRun image =
        CommandLineRun.of(
            "images", "--set", sound, stills.resolve("f1.png").toString(), out.toString());
    assertThat(image.code()).isEqualTo(3);
    assertThat(image.err()).contains("f1.png is a still image and has no sound for step to follow");
  }

  @Test
  void aStillIsDreamedWithTheBeginningOfASchedule() {
    Path scheduled = folder.resolve("scheduled.png");
    Path plain = folder.resolve("plain.png");
    image("step=[{time: 0, value: 4}, {time: 2, value: 1}]", scheduled);
    image("step=4", plain);
    assertThat(pixels(scheduled)).isEqualTo(pixels(plain));
  }

  /** The files tell with which settings they were made, and so differ. */
  private static float[] pixels(Path still) {
    return Stills.read(MediaSource.of(still)).frame().rgb();
  }

  private static void image(String setting, Path out) {
    CommandLineRun run =
        CommandLineRun.of(
            "images",
            "--size",
            "96x",
            "--set",
            setting,
            "../video/src/test/media/clouds.png",
            out.toString());
    assertThat(run.code()).as(run.err()).isZero();
  }

  private List<Integer> dream(String name, String... settings) {
    CommandLineRun run = run(List.of(), CLIP, name + ".mkv", settings);
    assertThat(run.code()).as(run.err()).isZero();
    return Videos.hashes(folder.resolve(name + ".mkv"));
  }

  private CommandLineRun run(List<String> more, String input, String name, String... settings) {
    List<String> words = new ArrayList<>(List.of("video", "--size", "96x54", "--codec", "ffv1"));
    words.addAll(List.of("--octaves", "2", "--iterations", "3"));
    words.addAll(more);
    Arrays.stream(settings).forEach(setting -> words.addAll(List.of("--set", setting)));
    words.addAll(List.of(input, folder.resolve(name).toString()));
    return CommandLineRun.of(words.toArray(String[]::new));
  }
}
