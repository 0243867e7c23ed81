package io.reverie.core.dream.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.image.ImageTensors;
import io.reverie.core.dream.image.PixelWindow;
import io.reverie.core.dream.transform.Roll;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.Network;
import io.reverie.core.network.Networks;
import io.reverie.core.network.TestNetworks;
import io.reverie.core.objective.ChannelSelector;
import io.reverie.core.objective.ClassLogit;
import io.reverie.core.objective.Guide;
import io.reverie.core.objective.L2;
import io.reverie.core.objective.Mean;
import io.reverie.core.objective.Neuron;
import io.reverie.core.objective.Objective;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares tiled gradients with those of the whole image. */
class TiledGradientTest {

  private static final Path SQUEEZENET = Path.of("../../shared/models/squeezenet1_0-imagenet.pth");
  private static final Size SIZE = new Size(217, 150);
  private static final ChannelSelector ALL = ChannelSelector.all();

  /** A halo of more than half the receptive field of every layer used here. */
  private static final Tiling EXACT = new Tiling(96, OptionalInt.of(100));

  @BeforeAll
  static void setThreads() {
    Torch.useOneThread();
  }

  static Stream<List<Objective>> objectives() {
    Objective mean = new Mean("conv3.1", ALL, 1);
    Objective head = new ClassLogit("head", Map.of(3, 1.0, 40, -0.5), 1);
    return Stream.of(
        List.of(new L2("conv4.3", ALL, 1)),
        List.of(new L2("conv4.3", ALL, -1)),
        List.of(new L2("pool3", new ChannelSelector.Ids(List.of(2, 30)), 1)),
        List.of(new L2("conv4.3", new ChannelSelector.Strongest(4), 1)),
        List.of(new L2("conv4.3", new ChannelSelector.Weakest(4), 1)),
        List.of(mean),
        List.of(new Mean("conv5.1", new ChannelSelector.Strongest(3), 1)),
        neurons(0.6, 0.4),
        neurons(0, 1),
        List.of(new L2("conv2", ALL, 2), mean, new Neuron("conv4.1", 7, 0.5, 0.5, -1)),
        List.of(new L2("conv4.3", new ChannelSelector.Weakest(4), 1), new L2("conv4.3", ALL, 0.5)),
        List.of(head),
        List.of(head, new L2("head", ALL, 3)),
        List.of(new L2("conv4.3", ALL, 1), head, new L2("conv3.2", ALL, 0)));
  }

  /** Returns several neurons, because not all of them respond. */
  private static List<Objective> neurons(double x, double y) {
    return IntStream.range(0, 12)
        .<Objective>mapToObj(channel -> new Neuron("conv3.1", channel, x, y, 1))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void aFullHaloGivesTheUntiledGradient(List<Objective> objectives) throws IOException {
    try (Network network = TestNetworks.embedded(DataType.FLOAT32)) {
      compare(network, objectives);
    }
  }

  @Test
  void tilesFindTheSameMatchesOfAGuide() throws IOException {
    try (Network network = TestNetworks.embedded(DataType.FLOAT32)) {
      Image picture = new Image(new Size(64, 64), floats(64 * 64 * 3, 4));
      compare(network, List.of(Guide.of(network, "conv4.1", picture, 1)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "squeezenet1_0, classifier.1",
    "squeezenet1_1, classifier",
    "squeezenet1_0, classifier.3"
  })
  void classLogitsBeforeAndAfterThePoolingGiveTheUntiledGradient(String name, String layer) {
    try (Network network = TestNetworks.filled(name, DataType.FLOAT32)) {
      compare(
          network,
          List.of(new ClassLogit(layer, Map.of(7, 1.0, 8, 0.5, 9, 2.0, 10, 1.0, 11, 1.0), 1)));
    }
  }

  /** TensorFlow's padding puts the cells elsewhere in an image of another remainder. */
  @ParameterizedTest
  @CsvSource({
    "bvlc_googlenet, inception_3a/5x5",
    "inception5h, conv2d2",
    "inception5h, mixed3a_5x5_pre_relu"
  })
  void responseNormsAndPaddingsGiveTheUntiledGradient(String name, String layer) {
    try (Network network = TestNetworks.filled(name, DataType.FLOAT32)) {
      compare(network, List.of(new L2(layer, ALL, 1)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"first", "second"})
  void layersOfAScriptWithDifferentStridesGiveTheUntiledGradient(String layer) throws Exception {
    try (Network network = TestNetworks.script("stride: 2\nfield: 7")) {
      compare(network, List.of(new L2(layer, ALL, 1)));
    }
  }

  private static void compare(Network network, List<Objective> objectives) {
    try (NDManager scope = network.manager().newSubManager()) {
      Torch.withoutGradient(
          () -> {
            NDArray image = photo(scope);
            NDArray whole = whole(network, objectives, new Roll(13, -40).apply(image), scope);
            double[] expected = unit(new Roll(-13, 40).apply(whole));
            TiledGradient tiled = new TiledGradient(network, objectives, EXACT);
            ImageView view =
                new ImageView(image, new Roll(13, -40), PixelWindow.all(image.getShape()));
            double largest = largest(expected);
            assertThat(largest).as("something responds").isPositive();
            TileGrid grid = tiled.grid(view.region(), 0.4, 0.7);
            assertThat(grid.tiles()).hasSizeGreaterThan(5);
            double[] got = unit(tiled.at(view, grid, scope));
            assertThat(largestDifference(got, expected)).isLessThan(1e-4 * largest);
            double value = new Gradient(network, objectives).value(image);
            assertThat(tiled.value(image)).isCloseTo(value, within(1e-4 * Math.abs(value)));
            return null;
          });
    }
  }

  @Test
  void tilesOfAWindowDoNotReachOutsideIt() throws IOException {
    try (Network network = TestNetworks.embedded(DataType.FLOAT32);
        NDManager scope = network.manager().newSubManager()) {
      List<Objective> objectives = List.of(new L2("conv3.2", ALL, 1));
      Torch.withoutGradient(
          () -> {
            NDArray image = photo(scope);
            PixelWindow window = new PixelWindow(20, 31, 100, 120);
            Roll roll = new Roll(70, 5);
            double[] expected =
                unit(whole(network, objectives, roll.crop(image, window, scope), scope));
            TiledGradient tiled = new TiledGradient(network, objectives, EXACT);
            NDArray g =
                tiled.at(new ImageView(image, roll, window), tiled.grid(window, 0.5, 0.5), scope);
            double[] got = unit(roll.crop(g, window, scope));
            assertThat(largestDifference(got, expected)).isLessThan(1e-4 * largest(expected));
            double outside = Gradient.squares(g) - Gradient.squares(roll.crop(g, window, scope));
            assertThat(outside).isCloseTo(0, within(1e-6 * Gradient.squares(g)));
            return null;
          });
    }
  }

  @ParameterizedTest
  @CsvSource({"embedded, conv4.3", "embedded, conv5.1", "googlenet, inception3b"})
  void theDefaultHaloKeepsTheDirection(String name, String layer) throws IOException {
    try (Network network =
        name.equals("embedded")
            ? TestNetworks.embedded(DataType.FLOAT32)
            : TestNetworks.filled(name, DataType.FLOAT32)) {
      assertThat(cosine(network, layer, new Size(288, 320), 128)).isGreaterThan(0.99);
    }
  }

  @Test
  void theDefaultHaloKeepsTheDirectionOfATrainedNetworkAt1024Pixels() {
    assumeThat(SQUEEZENET).exists();
    String sha256 = "1ed88f017104d60f7b1ee96cf8bbe85865693d26cd1368b2135a7adbd125c6a0";
    try (Network network =
        Networks.load(Networks.descriptor("squeezenet1_0"), SQUEEZENET, sha256, "cpu")) {
      assertThat(cosine(network, "features.10", new Size(1024, 1024), 512)).isGreaterThan(0.99);
    }
  }

  private static double cosine(Network network, String layer, Size size, int tile) {
    List<Objective> objectives = List.of(new L2(layer, ALL, 1));
    try (NDManager scope = network.manager().newSubManager()) {
      return Torch.withoutGradient(
          () -> {
            NDArray image = ImageTensors.tensor(waves(size), size, 3, scope);
            double[] whole = unit(whole(network, objectives, image, scope));
            TiledGradient tiled =
                new TiledGradient(network, objectives, new Tiling(tile, OptionalInt.empty()));
            ImageView view =
                new ImageView(image, new Roll(0, 0), PixelWindow.all(image.getShape()));
            double[] got = unit(tiled.at(view, tiled.grid(view.region(), 0.4, 0.6), scope));
            double product = 0;
            for (int i = 0; i < got.length; i++) {
              product += got[i] * whole[i];
            }
            return product;
          });
    }
  }

  @Test
  void sidesAndHalosOutOfRangeAreRejected() {
    assertThatThrownBy(() -> new Tiling(20, OptionalInt.empty()))
        .hasMessage("tile must be none or from 64 to 65536 px, not 20");
    assertThatThrownBy(() -> new Tiling(512, OptionalInt.of(-3)))
        .hasMessage("halo must be from 0 to 65536 px, not -3");
  }

  private static NDArray whole(
      Network network, List<Objective> objectives, NDArray image, NDManager scope) {
    return new Gradient(network, objectives).at(image, Optional.empty(), scope);
  }

  private static NDArray photo(NDManager scope) {
    return ImageTensors.tensor(waves(SIZE), SIZE, 3, scope);
  }

  /** Waves of several lengths and some noise, to which every layer responds. */
  private static float[] waves(Size size) {
    float[] rgb = floats(size.height() * size.width() * 3, 9);
    for (int i = 0; i < rgb.length; i++) {
      int row = i / 3 / size.width();
      int column = i / 3 % size.width();
      double wave = Math.sin(row / 7.0) * Math.sin(column / 23.0) + Math.sin((row + column) / 3.0);
      rgb[i] = (float) Math.max(0, Math.min(255, 128 + 50 * wave + (rgb[i] - 128) / 4));
    }
    return rgb;
  }

  private static float[] floats(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = (float) (255 * random.nextDouble());
    }
    return floats;
  }

  private static double[] unit(NDArray g) {
    double[] values = g.toType(DataType.FLOAT64, true).toDoubleArray();
    double squares = 0;
    for (double value : values) {
      squares += value * value;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] /= Math.sqrt(squares);
    }
    return values;
  }

  /** AssertJ takes seconds to compare as many values. */
  private static double largestDifference(double[] got, double[] expected) {
    assertThat(got).hasSameSizeAs(expected);
    double[] differences = new double[got.length];
    for (int i = 0; i < got.length; i++) {
      differences[i] = got[i] - expected[i];
    }
    return largest(differences);
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
