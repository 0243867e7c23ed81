package io.reverie.core.objective;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.engine.Torch;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of every selection of channels. */
class ChannelSelectorContractTest {

  private static final int CHANNELS = 9;

  static Stream<ChannelSelector> selectors() {
    return Stream.of(
        ChannelSelector.all(),
        new ChannelSelector.Ids(List.of(7, 2)),
        new ChannelSelector.Strongest(3),
        new ChannelSelector.Weakest(3),
        new ChannelSelector.Strongest(CHANNELS + 1),
        new ChannelSelector.Weakest(CHANNELS + 1));
  }

  @Test
  void everySelectorIsCovered() {
    assertThat(selectors().<Class<?>>map(ChannelSelector::getClass).collect(Collectors.toSet()))
        .isEqualTo(records(ChannelSelector.class));
  }

  private static Set<Class<?>> records(Class<?> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses())
        .flatMap(each -> each.isRecord() ? Stream.of(each) : records(each).stream())
        .collect(Collectors.toSet());
  }

  private static float[] means(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] means = new float[CHANNELS];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) random.nextDouble(-0.4, 1);
    }
    return means;
  }

  @ParameterizedTest
  @MethodSource("selectors")
  void channelsAreSelectedOnceAndExist(ChannelSelector selector) {
    for (int seed = 0; seed < 20; seed++) {
      assertThat(selector.select(means(seed)).boxed())
          .isNotEmpty()
          .doesNotHaveDuplicates()
          .allMatch(channel -> channel >= 0 && channel < CHANNELS);
    }
  }

  @ParameterizedTest
  @MethodSource("selectors")
  void onlySomeSelectorsDependOnTheActivations(ChannelSelector selector) {
    long different =
        IntStream.range(0, 20)
            .mapToObj(seed -> selector.select(means(seed)).boxed().collect(Collectors.toSet()))
            .distinct()
            .count();
    assertThat(different > 1)
        .isEqualTo(selector.dependsOnActivations() && !selector.equals(everyChannel()));
  }

  /** The strongest of more channels than there are. */
  private static ChannelSelector everyChannel() {
    return new ChannelSelector.Strongest(CHANNELS + 1);
  }

  @ParameterizedTest
  @MethodSource("selectors")
  void theMaskShowsTheSelection(ChannelSelector selector) {
    Torch.useOneThread();
    try (NDManager scope = Torch.newManager(Device.cpu())) {
      float[] means = means(1);
      NDArray cells = scope.create(means, new Shape(1, CHANNELS, 1, 1));
      NDArray activations = cells.broadcast(1, CHANNELS, 2, 3);
      float[] expected = new float[CHANNELS];
      selector.select(means).forEach(channel -> expected[channel] = 1);
      NDArray mask = selector.mask(activations, LayerExtent.of(activations));
      assertThat(mask.getShape()).isEqualTo(new Shape(1, CHANNELS, 1, 1));
      assertThat(mask.toFloatArray()).isEqualTo(expected);
    }
  }
}
