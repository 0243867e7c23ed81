package io.reverie.core.dream.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.awt.BufferedImages;
import io.reverie.core.dream.DreamSpec;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.gradient.TileSeams.Lines;
import io.reverie.core.dream.image.Residual;
import io.reverie.core.network.Network;
import io.reverie.core.network.Networks;
import io.reverie.core.network.TestNetworks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The seam ratio is 1 within its spread without a seam, and larger with one. */
class TileSeamsTest {

  private static final Size SIZE = new Size(700, 500);
  private static final int STRIDE = 8;
  private static final int TILE = 160;

  private static final int PICTURES = 100;

  /** Widths of the blobs in pixels: from noise to blobs larger than the distance of the lines. */
  @ParameterizedTest
  @ValueSource(ints = {1, 6, 25})
  void randomPicturesWithoutSeamsAreWithinTheSpread(int blob) {
    List<SeamRatio> ratios = new ArrayList<>();
    for (int n = 0; n < PICTURES; n++) {
      SplittableRandom random = new SplittableRandom(1000L * blob + n);
      ratios.add(seams(random).ratio(blobs(random, blob)).orElseThrow());
    }
    requireNoSeams(ratios, 0.002);
    assertThat(ratios).allSatisfy(ratio -> assertThat(ratio.spread()).isBetween(0.01, 0.1));
  }

  @Test
  void dreamsOfPhotosWithoutTilesAreWithinTheSpread() throws IOException {
    try (Network network = TestNetworks.embedded(DataType.FLOAT32)) {
      for (String name : List.of("lake.jpg", "forest.jpg")) {
        Image photo =
            BufferedImages.toImage(ImageIO.read(Path.of("../video/src/test/media", name).toFile()));
        DreamSpec spec = DreamSpec.of(Networks.descriptor("embedded")).withIterations(3);
        Residual dream = new Dreamer(network, spec).dream(Dreamer.sized(photo, SIZE)).residual();
        List<SeamRatio> ratios = new ArrayList<>();
        for (int n = 0; n < PICTURES; n++) {
          ratios.add(seams(new SplittableRandom(n)).ratio(dream).orElseThrow());
        }
        requireNoSeams(ratios, 0.02);
      }
    }
  }

  private static void requireNoSeams(List<SeamRatio> ratios, double tolerance) {
    long outside = ratios.stream().filter(r -> r.value() < r.low() || r.value() > r.high()).count();
    assertThat(outside).isLessThanOrEqualTo(PICTURES / 100);
    assertThat(ratios.stream().mapToDouble(SeamRatio::value).average().orElseThrow())
        .isCloseTo(1, within(tolerance));
  }

  @Test
  void aStepOfTwoGreyLevelsBetweenTilesIsDetected() {
    for (int n = 0; n < PICTURES; n++) {
      SplittableRandom random = new SplittableRandom(n);
      TileSeams seams = seams(random);
      Residual picture = blobs(random, 6);
      SeamRatio stepped = seams.ratio(stepped(picture, seams, 2)).orElseThrow();
      assertThat(stepped.showsSeam()).isTrue();
    }
  }

  @Test
  void aStepOnASlopeHasAnExactRatio() {
    TileSeams seams =
        new TileSeams(
            new Lines(IntStream.range(0, 40).boxed().toList(), 4, Set.of()),
            new Lines(IntStream.range(0, 48).boxed().toList(), 4, Set.of(16, 32)));
    Size size = new Size(48, 40);
    float[] slope = new float[48 * 40 * 3];
    for (int i = 0; i < slope.length; i++) {
      int column = i / 3 % 48;
      // Larger differences at multiples of the stride, as networks leave them.
      int strides = column / 4;
      slope[i] = column * 0.5f + strides;
    }
    Residual picture = new Residual(size, slope);
    assertThat(seams.ratio(picture)).contains(new SeamRatio(1, 0));
    assertThat(seams.ratio(stepped(picture, seams, 3))).contains(new SeamRatio(3, 0));
    assertThat(TileSeams.NONE.ratio(picture)).isEmpty();
    assertThat(seams.ratio(new Residual(size, new float[slope.length]))).isEmpty();
  }

  /** Raises each tile by a step above the one before it. */
  private static Residual stepped(Residual picture, TileSeams seams, float step) {
    int width = picture.size().width();
    float[] rgb = picture.rgb().clone();
    for (int row = 0; row < seams.rows().inImage().size(); row++) {
      for (int column = 0; column < seams.columns().inImage().size(); column++) {
        int tiles = tiles(seams.rows(), row) + tiles(seams.columns(), column);
        int at =
            3 * (seams.rows().inImage().get(row) * width + seams.columns().inImage().get(column));
        for (int i = at; i < at + 3; i++) {
          rgb[i] += step * tiles;
        }
      }
    }
    return new Residual(picture.size(), rgb);
  }

  private static int tiles(Lines lines, int at) {
    return (int) lines.borders().stream().filter(border -> border <= at).count();
  }

  private static TileSeams seams(SplittableRandom random) {
    return new TileSeams(lines(random, SIZE.height()), lines(random, SIZE.width()));
  }

  /** A grid at a random place in an image rolled by a random jitter. */
  private static Lines lines(SplittableRandom random, int pixels) {
    int roll = random.nextInt(-32, 33);
    int first = STRIDE * random.nextInt(1, TILE / STRIDE + 1);
    Set<Integer> borders =
        IntStream.iterate(first, at -> at < pixels, at -> at + TILE)
            .boxed()
            .collect(Collectors.toSet());
    List<Integer> inImage =
        IntStream.range(0, pixels).mapToObj(at -> Math.floorMod(at - roll, pixels)).toList();
    return new Lines(inImage, STRIDE, borders);
  }

  /** Noise of a standard deviation of 10, averaged over squares, stronger to one side. */
  private static Residual blobs(SplittableRandom random, int blob) {
    int across = SIZE.width() / blob + 2;
    float[] noise = new float[across * (SIZE.height() / blob + 2) * 3];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (20 * random.nextDouble() - 10);
    }
    float[] rgb = new float[SIZE.height() * SIZE.width() * 3];
    double slope = random.nextDouble();
    for (int i = 0; i < rgb.length; i++) {
      int row = i / 3 / SIZE.width();
      int column = i / 3 % SIZE.width();
      int r = row / blob;
      int c = column / blob;
      double y = (double) row / blob - r;
      double x = (double) column / blob - c;
      int at = (r * across + c) * 3 + i % 3;
      double value =
          (1 - y) * ((1 - x) * noise[at] + x * noise[at + 3])
              + y * ((1 - x) * noise[at + 3 * across] + x * noise[at + 3 * across + 3]);
      rgb[i] = (float) (value * (1 + 3 * slope * column / SIZE.width()));
    }
    return new Residual(SIZE, rgb);
  }
}
