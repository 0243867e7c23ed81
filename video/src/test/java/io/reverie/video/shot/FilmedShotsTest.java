package io.reverie.video.shot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.VideoIndex;
import io.reverie.video.decode.VideoFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finds cuts in encoded files. */
class FilmedShotsTest {

  private static final Path SAMPLES =
      Path.of("../video/src/test/media").toAbsolutePath().normalize();
  private static final Path FILM = Path.of("../../shared/media/cockatoo.mp4");

  /** Twelve frames of the clip, then a slow pan over an image. */
  private static final String TWO_SHOTS =
      "[0:v]trim=end_frame=12,setpts=N/24/TB,scale=320:180,setsar=1[a];"
          + "[1:v]scale=640:-1,crop=320:180:x=n*2:y=90,setpts=N/24/TB,setsar=1[b];"
          + "[a][b]concat=n=2";

  @TempDir private Path folder;

  @Test
  void aCutIsFoundWhereTheSceneChanges() throws Exception {
    Path clip = twoShots("cut.mkv", "", "-enc_time_base 1/24 -g 9 -c:v mpeg4 -q:v 4");

    assertThat(cuts(clip)).containsExactly(12);
  }

  @Test
  void aCutIsFoundAtAVariableFrameRate() throws Exception {
    Path clip =
        twoShots(
            "vfr.mkv",
            ",select=not(mod(n\\,3))+gt(n\\,10)",
            "-enc_time_base 1/24 -c:v mpeg4 -q:v 4");

    assertThat(cuts(clip)).containsExactly(5);
  }

  @Test
  void aCutIsFoundInInterlacedVideo() throws Exception {
    Path clip =
        twoShots(
            "woven.ts",
            ",tinterlace=interleave_top",
            "-r 12 -c:v mpeg2video -flags +ildct+ilme -top 1 -q:v 3");

    assertThat(cuts(clip)).containsExactly(6);
  }

  @Test
  void aSingleTakeHasNoCut() {
    assumeTrue(Files.exists(FILM), "the film is not here");
    VideoFile film = new VideoFile(MediaSource.of(FILM));
    VideoIndex index = film.index();

    Shots shots = new ShotDetector(film, index).detect(index.range(40, 140));

    assertThat(shots).isEqualTo(new Shots(List.of(), List.of()));
  }

  private Path twoShots(String name, String then, String encoder) throws Exception {
    List<String> words = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
    words.addAll(List.of("-i", SAMPLES.resolve("clip.mp4").toString(), "-loop", "1", "-r", "24"));
    words.addAll(List.of("-i", SAMPLES.resolve("forest.jpg").toString()));
    words.addAll(List.of("-filter_complex", TWO_SHOTS + then, "-fps_mode", "passthrough"));
    words.addAll(List.of("-frames:v", then.contains("interlace") ? "12" : "24"));
    words.addAll(List.of(encoder.split(" ", -1)));
    words.add(name);
    ffmpeg(words);
    return folder.resolve(name);
  }

  private void ffmpeg(List<String> words) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ffmpeg")), "ffmpeg is not installed");
    Process process = new ProcessBuilder(words).directory(folder.toFile()).inheritIO().start();
    assertThat(process.waitFor()).as("%s", words).isZero();
  }

  /** Returns the indices of the cuts after checking that parts give the same. */
  private static List<Integer> cuts(Path clip) {
    VideoFile file = new VideoFile(MediaSource.of(clip));
    VideoIndex index = file.index();
    ShotDetector detector = new ShotDetector(file, index);

    Shots whole = detector.detect(PtsRange.ALL);

    assertThat(ShotDetectorTest.pieces(detector, index, new Random(1), 5)).isEqualTo(whole);
    assertThat(whole.flashes()).isEmpty();
    return whole.cuts().stream().map(index::first).toList();
  }
}
