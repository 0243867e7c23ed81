package io.reverie.video.shot;

import static io.reverie.video.shot.DrawnPicture.CLOUDS;
import static io.reverie.video.shot.DrawnPicture.FOREST;
import static io.reverie.video.shot.DrawnPicture.LAKE;
import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.Frame;
import io.reverie.video.PtsRange;
import io.reverie.video.VideoIndex;
import io.reverie.video.decode.FrameSequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Distinguishes cuts, flashes and everything else. */
class ShotDetectorTest {

  @TempDir private Path folder;

  private Shots detect(FilmStrip film) {
    FrameSequence sequence = film.in(folder);
    return new ShotDetector(sequence, sequence.index()).detect(PtsRange.ALL);
  }

  private void assertNothingFound(FilmStrip film) {
    assertThat(detect(film)).isEqualTo(new Shots(List.of(), List.of()));
  }

  @Test
  void aCutIsAtTheFirstFrameOfTheNewScene() {
    Shots shots = detect(new FilmStrip().pan(10, LAKE, 120, 200).pan(10, FOREST, 200, 160));

    assertThat(shots.cuts()).containsExactly(10L);
    assertThat(shots.flashes()).isEmpty();
  }

  @Test
  void twoTakesOfOneSceneAreTwoShots() {
    Shots shots = detect(new FilmStrip().pan(10, LAKE, 100, 110).pan(10, LAKE, 300, 240));

    assertThat(shots.cuts()).containsExactly(10L);
  }

  @Test
  void shotsOfThreeFramesAreFound() {
    FilmStrip film = new FilmStrip().pan(6, LAKE, 120, 200).pan(3, FOREST, 200, 160);
    film.pan(3, CLOUDS, 120, 150).pan(3, LAKE, 350, 120);

    assertThat(detect(film)).isEqualTo(new Shots(List.of(6L, 9L, 12L), List.of()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aShotOfOneOrTwoFramesIsOneCutAtTheNextShot(int length) {
    FilmStrip film = new FilmStrip().pan(6, LAKE, 120, 200).pan(length, CLOUDS, 120, 150);
    film.pan(6, FOREST, 200, 160);

    assertThat(detect(film)).isEqualTo(new Shots(List.of(6L + length), List.of()));
  }

  @ParameterizedTest
  @CsvSource({"255, 1", "255, 2", "0, 1", "0, 2"})
  void aFlashOfLightOrDarknessIsNotACut(double level, int length) {
    FilmStrip film = new FilmStrip().pan(8, LAKE, 120, 200).plain(length, level);
    film.pan(8, LAKE, 128 + length, 202);

    assertThat(detect(film)).isEqualTo(new Shots(List.of(), flash(8, length)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aFlashOfAnotherImageIsNotACut(int length) {
    FilmStrip film = new FilmStrip().pan(8, LAKE, 120, 200).pan(length, FOREST, 200, 160);
    film.pan(8, LAKE, 128 + length, 202);

    assertThat(detect(film)).isEqualTo(new Shots(List.of(), flash(8, length)));
  }

  private static List<Long> flash(long begin, int length) {
    return length == 1 ? List.of(begin) : List.of(begin, begin + 1);
  }

  @Test
  void lastingDarknessIsAShot() {
    FilmStrip film = new FilmStrip().pan(6, LAKE, 120, 200).plain(6, 0).pan(6, FOREST, 200, 160);

    assertThat(detect(film).cuts()).containsExactly(6L, 12L);
  }

  @Test
  void flatImagesOfDifferentBrightnessAreDifferentShots() {
    assertThat(detect(new FilmStrip().plain(6, 30).plain(6, 200)).cuts()).containsExactly(6L);
  }

  @Test
  void theFirstFrameIsNotACutAndTheLastTwoStartNoShot() {
    FilmStrip film = new FilmStrip().pan(1, CLOUDS, 120, 150).pan(8, LAKE, 120, 200);
    film.pan(2, FOREST, 200, 160);

    assertThat(detect(film).cuts()).containsExactly(1L);
  }

  @Test
  void aDissolveIsNotACut() {
    FilmStrip film = new FilmStrip().pan(6, LAKE, 120, 200);
    film.add(
        12,
        i ->
            FilmStrip.mixed(
                LAKE.view(126 + i, 202, 1, 0), FOREST.view(200 + i, 160, 1, 0), (i + 1) / 13.0));

    assertNothingFound(film.pan(6, FOREST, 212, 160));
  }

  @Test
  void aFadeThroughBlackIsNotACut() {
    FilmStrip film = new FilmStrip().pan(6, LAKE, 120, 200);
    film.add(
        10, i -> FilmStrip.mixed(LAKE.view(126, 202, 1, 0), FilmStrip.plain(0), (i + 1) / 10.0));
    film.add(
        10, i -> FilmStrip.mixed(FilmStrip.plain(0), FOREST.view(200, 160, 1, 0), (i + 1) / 10.0));

    assertNothingFound(film.pan(6, FOREST, 200, 160));
  }

  @ParameterizedTest
  @ValueSource(doubles = {3, 8, 12, 16})
  void aPanIsNotACut(double speed) {
    assertNothingFound(new FilmStrip().add(18, i -> LAKE.view(100 + speed * i, 180, 1, 0)));
  }

  @Test
  void aZoomIsNotACut() {
    assertNothingFound(new FilmStrip().add(18, i -> FOREST.view(240, 160, Math.pow(1.05, i), 0)));
  }

  @Test
  void aRotatingCameraIsNotACut() {
    assertNothingFound(new FilmStrip().add(18, i -> LAKE.view(240, 160, 1, 3 * i)));
  }

  @Test
  void aShakingCameraIsNotACut() {
    assertNothingFound(
        new FilmStrip()
            .add(
                18,
                i ->
                    FOREST.view(
                        240 + 4 * (Math.sin(2.1 * i) + Math.sin(3.7 * i)),
                        160 + 4 * Math.sin(2.9 * i),
                        1,
                        Math.sin(1.3 * i))));
  }

  @Test
  void aPasserByIsNotACut() {
    assertNothingFound(
        new FilmStrip().add(18, i -> passing(CLOUDS, LAKE.view(200 + i, 160, 1, 0), i)));
  }

  /** Draws an object 60 px wide and as high as the image that crosses it by 20 px per frame. */
  private static Frame passing(DrawnPicture who, Frame before, int time) {
    Frame passer = who.view(150, 120, 1, 0);
    float[] rgb = before.rgb().clone();
    for (int i = 0; i < rgb.length; i++) {
      int column = i / 3 % DrawnPicture.WIDTH - (20 * time - 60);
      if (column >= 0 && column < 60) {
        rgb[i] = passer.rgb()[i - i / 3 % DrawnPicture.WIDTH * 3 + column * 3];
      }
    }
    return before.withRgb(rgb);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1.6})
  void aChangeOfExposureIsNotACut(double gain) {
    FilmStrip film = new FilmStrip().pan(8, LAKE, 120, 200);
    film.add(8, i -> exposed(LAKE.view(128 + i, 202, 1, 0), gain));

    assertNothingFound(film);
  }

  private static Frame exposed(Frame frame, double gain) {
    float[] rgb = frame.rgb().clone();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (float) Math.min(255, rgb[i] * gain);
    }
    return frame.withRgb(rgb);
  }

  @Test
  void grainNeitherHidesNorCausesACut() {
    Random random = new Random(5);
    FilmStrip film = new FilmStrip();
    film.add(8, i -> grainy(LAKE.view(120 + i, 200, 1, 0), random));
    film.add(8, i -> grainy(FOREST.view(200 + i, 160, 1, 0), random));

    assertThat(detect(film).cuts()).containsExactly(8L);
  }

  private static Frame grainy(Frame frame, Random random) {
    float[] rgb = frame.rgb().clone();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (float) Math.max(0, Math.min(255, rgb[i] + 10 * random.nextGaussian()));
    }
    return frame.withRgb(rgb);
  }

  @Test
  void aSingleFrameAndAStillSceneHaveNoCut() {
    assertNothingFound(new FilmStrip().plain(1, 100));
    assertNothingFound(new FilmStrip().add(12, i -> LAKE.view(200, 150, 1, 0)));
  }

  @Test
  void partsGiveTheCutsOfTheWhole() {
    FilmStrip film = new FilmStrip().pan(5, LAKE, 120, 200).pan(3, CLOUDS, 120, 150);
    film.pan(2, FOREST, 200, 160).pan(6, LAKE, 350, 120).plain(2, 255).pan(6, LAKE, 358, 122);
    film.pan(1, FOREST, 200, 160).pan(6, CLOUDS, 200, 120).plain(1, 0).pan(4, CLOUDS, 207, 122);
    FrameSequence sequence = film.in(folder);
    VideoIndex index = sequence.index();
    ShotDetector detector = new ShotDetector(sequence, index);

    Shots whole = detector.detect(PtsRange.ALL);

    assertThat(whole).isEqualTo(new Shots(List.of(5L, 10L, 25L), List.of(16L, 17L, 31L)));
    assertThat(pieces(detector, index, new Random(1), 1)).isEqualTo(whole);
    assertThat(pieces(detector, index, new Random(2), 4)).isEqualTo(whole);
    assertThat(pieces(detector, index, new Random(3), 4)).isEqualTo(whole);
    assertThat(pieces(detector, index, new Random(4), 15)).isEqualTo(whole);
  }

  /** Returns the union over parts of random lengths. */
  static Shots pieces(ShotDetector detector, VideoIndex index, Random random, int longest) {
    List<Long> cuts = new ArrayList<>();
    List<Long> flashes = new ArrayList<>();
    for (int from = 0; from < index.count(); ) {
      int to = Math.min(index.count(), from + 1 + random.nextInt(longest));
      Shots shots = detector.detect(index.range(from, to));
      cuts.addAll(shots.cuts());
      flashes.addAll(shots.flashes());
      from = to;
    }
    return new Shots(cuts, flashes);
  }
}
