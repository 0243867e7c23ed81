package io.reverie.temporal.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reverie.core.Size;
import io.reverie.core.dream.image.Mask;
import io.reverie.video.Frame;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.series.FrameSeries;
import io.reverie.video.series.SinglePicture;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameMasksTest {

  private static final Size SIZE = new Size(64, 48);

  @TempDir private Path folder;

  @Test
  void whiteDreamsBlackDoesNotAndGreyIsBetween() throws IOException {
    String file = write(64, 48, x -> x < 20 ? 0 : x < 40 ? 51 : 255);
    Mask mask = mask(drawn(file), new MaskSettings(false, 1, 0, false));
    assertThat(at(mask, 5)).isZero();
    assertThat(at(mask, 30)).isCloseTo(0.2f, within(1e-6f));
    assertThat(at(mask, 50)).isEqualTo(1);
  }

  @Test
  void anInvertedMaskIsTheComplement() throws IOException {
    String file = write(64, 48, x -> 4 * x);
    Mask mask = mask(drawn(file), new MaskSettings(false, 1, 0, false));
    Mask inverted = mask(drawn(file), new MaskSettings(false, 1, 0, true));
    for (int i = 0; i < mask.weights().length; i++) {
      assertThat(mask.weights()[i] + inverted.weights()[i]).isCloseTo(1, within(2e-4f));
    }
    assertThat(at(inverted, 0)).isEqualTo(1);
  }

  @Test
  void aMaskOfAnySizeIsResampled() throws IOException {
    for (int factor : new int[] {1, 2, 5}) {
      String file = write(64 * factor, 48 * factor, x -> x < 32 * factor ? 0 : 255);
      Mask mask = mask(drawn(file), new MaskSettings(false, 1, 0, false));
      assertThat(at(mask, 31)).isZero();
      assertThat(at(mask, 32)).isEqualTo(1);
    }
    Mask enlarged =
        mask(drawn(write(8, 6, x -> x < 4 ? 0 : 255)), new MaskSettings(false, 1, 0, false));
    assertThat(at(enlarged, 10)).isZero();
    assertThat(at(enlarged, 54)).isEqualTo(1);
    assertThat(
            mask(drawn(write(640, 480, x -> 255)), new MaskSettings(false, 1, 0, false)).isWhole())
        .isTrue();
  }

  /** A blurred step edge is the integral of the Gaussian. */
  @ParameterizedTest
  @CsvSource({"2", "5"})
  void aFeatherIsAGaussianOfPixels(double sigma) throws IOException {
    String file = write(64, 48, x -> x < 32 ? 0 : 255);
    Mask mask = mask(drawn(file), new MaskSettings(false, 1, sigma, false));
    for (int x = 4; x < 60; x++) {
      assertThat((double) at(mask, x)).isCloseTo(normal((x - 31.5) / sigma), within(0.02));
    }
    assertThat(at(mask, 0)).isZero();
    assertThat(at(mask, 63)).isEqualTo(1);
  }

  @Test
  void strengthWeakensTheMask() throws IOException {
    String file = write(64, 48, x -> x < 32 ? 0 : 255);
    Mask half = mask(drawn(file), new MaskSettings(false, 0.25, 0, false));
    assertThat(at(half, 5)).isEqualTo(0.75f);
    assertThat(at(half, 50)).isEqualTo(1);
    assertThat(mask(drawn(file), new MaskSettings(false, 0, 0, false)).isWhole()).isTrue();
  }

  @Test
  void theAlphaOfTheSourceIsAMaskAndMultipliesADrawnOne() throws IOException {
    Mask own =
        mask(none(), new MaskSettings(true, 1, 0, false), picture(64, 48, x -> 99, x -> 4 * x));
    assertThat(at(own, 32)).isCloseTo(128 / 255f, within(1e-6f));
    String file = write(64, 48, x -> x < 32 ? 0 : 255);
    Mask both =
        mask(drawn(file), new MaskSettings(true, 1, 0, false), picture(64, 48, x -> 9, x -> 51));
    assertThat(at(both, 5)).isZero();
    assertThat(at(both, 50)).isCloseTo(0.2f, within(1e-6f));
  }

  @Test
  void transparentPixelsOfAMaskAreBlack() throws IOException {
    Frame cutOut = picture(64, 48, x -> 255, x -> x < 32 ? 0 : 255);
    Path file = folder.resolve("cut.png");
    Files.write(file, Stills.encode(cutOut, "cut.png", 8, 90));
    Mask mask = mask(drawn(file.toString()), new MaskSettings(false, 1, 0, false));
    assertThat(at(mask, 5)).isZero();
    assertThat(at(mask, 50)).isEqualTo(1);
  }

  @Test
  void withoutAMaskEverythingDreams() throws IOException {
    assertThat(mask(none(), new MaskSettings(false, 1, 0, false)).isWhole()).isTrue();
  }

  @Test
  void anUnreadableMaskIsReported() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.png"), "no picture");
    assertThatThrownBy(() -> mask(drawn(broken.toString()), new MaskSettings(false, 1, 0, false)))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("cannot read the mask: " + broken);
  }

  /** Returns the standard normal distribution (Abramowitz and Stegun 26.2.17), exact to 1e-7. */
  private static double normal(double x) {
    double t = 1 / (1 + 0.2316419 * Math.abs(x));
    double tail =
        Math.exp(-x * x / 2)
            / Math.sqrt(2 * Math.PI)
            * t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return x > 0 ? 1 - tail : tail;
  }

  private interface Level {
    double at(int x);
  }

  private String write(int width, int height, Level level) throws IOException {
    Path file = folder.resolve("m%dx%d.png".formatted(width, height));
    Frame frame = picture(width, height, level, x -> 255);
    Frame opaque = new Frame(width, height, frame.rgb(), Optional.empty(), 0, false);
    Files.write(file, Stills.encode(opaque, file.toString(), 8, 90));
    return file.toString();
  }

  private static Frame picture(int width, int height, Level level, Level opacity) {
    float[] rgb = new float[width * height * 3];
    float[] alpha = new float[width * height];
    for (int i = 0; i < alpha.length; i++) {
      alpha[i] = (float) opacity.at(i % width);
      for (int c = 0; c < 3; c++) {
        rgb[3 * i + c] = (float) level.at(i % width);
      }
    }
    return new Frame(width, height, rgb, Optional.of(alpha), 0, false);
  }

  private static Optional<FrameSeries> none() {
    return Optional.empty();
  }

  private static Optional<FrameSeries> drawn(String file) {
    return Optional.of(new SinglePicture(MediaSource.of(Path.of(file))));
  }

  private static Mask mask(Optional<FrameSeries> drawn, MaskSettings settings) {
    return mask(drawn, settings, picture(64, 48, x -> 100, x -> 255));
  }

  private static Mask mask(Optional<FrameSeries> drawn, MaskSettings settings, Frame source) {
    return FrameMasks.ofStill(drawn, settings, SIZE, source);
  }

  private static float at(Mask mask, int column) {
    return mask.weights()[24 * 64 + column];
  }
}
