package io.reverie.temporal.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reverie.core.dream.image.Residual;
import io.reverie.temporal.carry.TestPictures;
import io.reverie.temporal.measure.FrameMeasures.Part;
import io.reverie.video.motion.Motion;
import org.junit.jupiter.api.Test;

class PixelAgeTest {

  private static final Residual TEN = TestPictures.even(10);
  private static final Motion ALL = TestPictures.still(i -> 1);
  private static final int NEW = 3 * 48;
  private static final Motion STRIP_NEW =
      TestPictures.still(i -> TestPictures.column(i) < 61 ? 1 : 0);

  private final PixelAge ages = new PixelAge(TestPictures.SIZE.width(), TestPictures.SIZE.height());

  @Test
  void nothingIsYoungOrOldAtTheStartOfAShot() {
    for (int frame = 0; frame < 10; frame++) {
      assertThat(ages.strengths(TEN).young().places()).isZero();
      assertThat(ages.strengths(TEN).old().places()).isZero();
      ages.move(ALL);
    }
  }

  @Test
  void pixelsOfALongShotAreOld() {
    for (int frame = 0; frame < 20; frame++) {
      ages.move(ALL);
    }
    assertThat(ages.strengths(TEN).young().places()).isZero();
    assertThat(ages.strengths(TEN).old().places()).isEqualTo(TestPictures.PLACES);
  }

  @Test
  void uncoveredPixelsAreYoungForFiveFramesAndOldAfterTwenty() {
    for (int frame = 0; frame < 20; frame++) {
      ages.move(ALL);
    }
    ages.move(STRIP_NEW);
    for (int since = 0; since < 25; since++) {
      assertThat(ages.strengths(TEN).young().places())
          .as("%d", since)
          .isEqualTo(since <= 5 ? NEW : 0);
      assertThat(ages.strengths(TEN).old().places())
          .as("%d", since)
          .isEqualTo(TestPictures.PLACES - (since <= 20 ? NEW : 0));
      ages.move(ALL);
    }
  }

  @Test
  void theStrengthCoversOnlyThePart() {
    ages.move(STRIP_NEW);
    float[] rgb = TestPictures.even(10).rgb().clone();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = TestPictures.column(i / 3) < 61 ? 10 : i % 3 == 0 ? -90 : 0;
    }
    Part young = ages.strengths(new Residual(TestPictures.SIZE, rgb)).young();
    assertThat(young.places()).isEqualTo(NEW);
    assertThat(young.sum() / young.places()).isCloseTo(30, within(1e-3));
  }

  @Test
  void agesMoveWithTheirPixels() {
    ages.move(STRIP_NEW);
    ages.move(TestPictures.moved(-20, 0));
    assertThat(ages.strengths(onlyColumns(41, 44)).young().sum()).isCloseTo(NEW, within(1e-3));
    assertThat(ages.strengths(onlyColumns(0, 41)).young().sum()).isZero();
    ages.move(TestPictures.moved(0.4f, 7.3f));
    assertThat(ages.strengths(onlyColumns(41, 44)).young().sum()).isCloseTo(NEW, within(1e-3));
    ages.move(TestPictures.moved(-41, 0));
    assertThat(ages.strengths(onlyColumns(0, 3)).young().sum()).isCloseTo(NEW, within(1e-3));
  }

  /** Returns a residual of 1 within the columns. */
  private static Residual onlyColumns(int from, int to) {
    float[] rgb = new float[3 * TestPictures.PLACES];
    for (int i = 0; i < rgb.length; i++) {
      int column = TestPictures.column(i / 3);
      rgb[i] = column >= from && column < to ? 1 : 0;
    }
    return new Residual(TestPictures.SIZE, rgb);
  }
}
