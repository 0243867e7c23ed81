package io.reverie.video.icc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.color.ICC_Profile;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of both conversions, on Display P3, whose colours CSS Color 4 publishes. */
class RgbSpaceContractTest {

  /** sRGB and the same colour in Display P3. */
  private static final float[][] PUBLISHED = {
    {255, 0, 0, 0.9175f, 0.2003f, 0.1386f},
    {0, 255, 0, 0.4584f, 0.9853f, 0.2983f},
    {255, 255, 255, 1, 1, 1},
    {128, 128, 128, 0.50196f, 0.50196f, 0.50196f},
    {0, 0, 0, 0, 0, 0}
  };

  /** The implementations, and how far from exact one is at the corners of a space. */
  enum Kind {
    MATRIX(0.6f) {
      @Override
      RgbSpace open() {
        return MatrixSpace.of(displayP3()).orElseThrow();
      }
    },
    // A grid rounds off corners: what the other space cannot show is clipped at its nodes only.
    GRID(11) {
      @Override
      RgbSpace open() {
        return new GridSpace(displayP3());
      }
    };

    private final float tolerance;

    Kind(float tolerance) {
      this.tolerance = tolerance;
    }

    abstract RgbSpace open();
  }

  private static ICC_Profile displayP3() {
    return ICC_Profile.getInstance(GeneratedProfile.of(12, 13).orElseThrow().bytes());
  }

  @ParameterizedTest
  @EnumSource
  void publishedColoursAreMetInBothDirections(Kind kind) {
    RgbSpace space = kind.open();
    assertThat(space.isTwoWay()).isTrue();
    for (float[] pair : PUBLISHED) {
      float[] srgb = {pair[0], pair[1], pair[2]};
      float[] p3 = {255 * pair[3], 255 * pair[4], 255 * pair[5]};
      float tolerance = srgb[0] == srgb[1] ? 0.6f : kind.tolerance;
      assertThat(space.fromSrgb(srgb)).containsExactly(p3, within(tolerance));
      assertThat(space.toSrgb(p3)).containsExactly(srgb, within(tolerance));
    }
  }

  @ParameterizedTest
  @EnumSource
  void coloursOfBothSpacesSurviveTheWayThereAndBack(Kind kind) {
    RgbSpace space = kind.open();
    float[] srgb = random();
    for (int i = 0; i < srgb.length; i++) {
      srgb[i] = 60 + srgb[i] / 2;
    }
    float[] back = space.toSrgb(space.fromSrgb(srgb));
    assertThat(back).containsExactly(srgb, within(1f));
  }

  @ParameterizedTest
  @EnumSource
  void coloursThatDoNotFitAreClipped(Kind kind) {
    RgbSpace space = kind.open();
    // Green of Display P3 needs less than no red and blue of sRGB.
    float[] green = space.toSrgb(new float[] {0, 255, 0});
    assertThat(green).containsExactly(new float[] {0, 255, 0}, within(kind.tolerance));
    for (float value : space.toSrgb(random())) {
      assertThat(value).isBetween(0f, 255f);
    }
    for (float value : space.fromSrgb(new float[] {-40, 300, 128})) {
      assertThat(value).isBetween(0f, 255f);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theColoursGivenStayAsTheyAre(Kind kind) {
    RgbSpace space = kind.open();
    float[] colours = random();
    space.toSrgb(colours);
    space.fromSrgb(colours);
    assertThat(colours).isEqualTo(random());
    assertThat(space.toSrgb(new float[0])).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void eachColourIsConvertedByItself(Kind kind) {
    RgbSpace space = kind.open();
    float[] colours = random();
    float[] all = space.toSrgb(colours);
    for (int i = 0; i < 30; i += 3) {
      float[] one = space.toSrgb(new float[] {colours[i], colours[i + 1], colours[i + 2]});
      assertThat(one).containsExactly(all[i], all[i + 1], all[i + 2]);
    }
  }

  private static float[] random() {
    Random random = new Random(1);
    float[] colours = new float[3000];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = 255 * random.nextFloat();
    }
    return colours;
  }
}
