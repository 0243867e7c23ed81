package io.reverie.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import io.reverie.core.Size;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.graph.Layer;
import io.reverie.core.network.graph.Reach;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract of every network, in float32, which all of them compute in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class NetworkBasicsContractTest {

  static final Size SIZE = new Size(61, 49);

  Network single;

  /** Opens the network under test. */
  abstract Network open();

  @BeforeAll
  void openSingle() {
    Torch.useOneThread();
    single = open();
  }

  @AfterAll
  void closeSingle() {
    single.close();
  }

  @ParameterizedTest
  @CsvSource({"33, 47", "64, 64", "97, 101", "38, 110"})
  void listedShapesEqualThoseOfTheActivations(int height, int width) {
    Size size = new Size(width, height);
    try (NDManager scope = single.manager().newSubManager()) {
      List<Layer> listed = single.layers(size);
      Map<String, NDArray> real = single.activations(image(size, scope), names(single, size));
      assertThat(listed).isNotEmpty();
      for (Layer layer : listed) {
        assertThat(real.get(layer.name()).getShape())
            .as(layer.name())
            .isEqualTo(new Shape(1, layer.channels(), layer.height(), layer.width()));
      }
    }
  }

  @Test
  void theRequestedLayersAreReturnedAndTheImageStays() {
    try (NDManager scope = single.manager().newSubManager()) {
      NDArray image = image(SIZE, scope);
      float[] before = image.toFloatArray();
      for (String layer : some(single, SIZE)) {
        assertThat(single.activations(image, Set.of(layer))).containsKey(layer);
      }
      assertThat(image.toFloatArray()).isEqualTo(before);
    }
  }

  /** A step along the gradient raises the energy by the length of the gradient. */
  @Test
  void theGradientOfEveryLayerIsTheSlopeOfItsEnergy() {
    for (String layer : some(single, SIZE)) {
      try (NDManager scope = single.manager().newSubManager()) {
        NDArray image = image(SIZE, scope);
        NDArray gradient =
            Torch.gradient(
                image,
                scope,
                x -> single.activations(x, Set.of(layer)).get(layer).square().sum().mul(0.5));
        double length = Math.sqrt(2 * energy(gradient));
        assertThat(length).as(layer).isPositive();
        NDArray step = gradient.mul(0.5 / length);
        double up = energy(single.activations(image.add(step), Set.of(layer)).get(layer));
        double down = energy(single.activations(image.sub(step), Set.of(layer)).get(layer));
        assertThat(up - down).as(layer).isCloseTo(length, within(0.02 * length));
      }
    }
  }

  @Test
  void theMinimumSideSuffices() {
    for (String layer : some(single, new Size(256, 256))) {
      int side = single.minimumSide(layer);
      Size size = new Size(side, side);
      assertThat(single.layers(size)).extracting(Layer::name).contains(layer);
      try (NDManager scope = single.manager().newSubManager()) {
        assertThat(single.activations(image(size, scope), Set.of(layer))).containsKey(layer);
      }
    }
  }

  @Test
  void aWiderImageHasOneMoreCellForEachStride() {
    int cells = 16;
    for (String layer : some(single, new Size(256, 256))) {
      Optional<Reach> reach = single.reach(layer);
      if (reach.isPresent()) {
        long more = width(layer, 256 + cells * reach.get().stride()) - width(layer, 256);
        assertThat(more).as(layer).isEqualTo(cells);
      }
    }
  }

  private long width(String layer, int pixels) {
    return single.layers(new Size(pixels, 256)).stream()
        .filter(each -> each.name().equals(layer))
        .findFirst()
        .orElseThrow()
        .width();
  }

  @Test
  void anUnknownLayerIsReportedWithTheNearestNames() {
    String sentence =
        "network %s has no layer 'mixed4'; the nearest of its %d layers are"
            .formatted(single.name(), single.layers(new Size(256, 256)).size());
    assertThatThrownBy(() -> single.minimumSide("mixed4"))
        .isInstanceOf(DreamException.class)
        .hasMessageStartingWith(sentence);
    assertThatThrownBy(() -> single.reach("mixed4"))
        .isInstanceOf(DreamException.class)
        .hasMessageStartingWith(sentence);
    try (NDManager scope = single.manager().newSubManager()) {
      NDArray image = image(SIZE, scope);
      assertThatThrownBy(() -> single.activations(image, Set.of("mixed4")))
          .isInstanceOf(DreamException.class)
          .hasMessageStartingWith(sentence);
    }
  }

  static Set<String> names(Network network, Size size) {
    return network.layers(size).stream()
        .map(Layer::name)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Returns about two dozen evenly spaced layers, including the last one. */
  static List<String> some(Network network, Size size) {
    List<String> names = List.copyOf(names(network, size));
    int apart = 1 + names.size() / 24;
    return IntStream.range(0, names.size())
        .filter(i -> (names.size() - 1 - i) % apart == 0)
        .mapToObj(names::get)
        .toList();
  }

  static double energy(NDArray a) {
    return a.toType(DataType.FLOAT64, false).square().sum().getDouble() / 2;
  }

  private static NDArray image(Size size, NDManager scope) {
    return scope
        .create(photo(size), new Shape(1, size.height(), size.width(), 3))
        .toType(DataType.FLOAT32, true);
  }

  static double[] photo(Size size) {
    SplittableRandom random = new SplittableRandom(5);
    return random.doubles((long) size.height() * size.width() * 3, 10, 245).toArray();
  }
}
