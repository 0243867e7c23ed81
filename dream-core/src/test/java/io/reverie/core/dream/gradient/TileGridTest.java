package io.reverie.core.dream.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.core.Size;
import io.reverie.core.network.Network;
import io.reverie.core.network.TestNetworks;
import io.reverie.core.network.graph.Layer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every pixel and every cell belongs to exactly one tile. */
class TileGridTest {

  @ParameterizedTest
  @CsvSource({
    "embedded, conv2, conv5.2",
    "squeezenet1_0, features.0, features.12",
    "squeezenet1_1, features.3, classifier.1",
    "googlenet, conv2, inception5b",
    "caffenet, conv1, conv5",
    "inception5h, conv2d0, mixed5b"
  })
  void eachCellIsInExactlyOneCoreAndInItsWindow(String name, String first, String last) {
    SplittableRandom random = new SplittableRandom(5);
    try (Network network = TestNetworks.filled(name, ai.djl.ndarray.types.DataType.FLOAT32)) {
      CellCounts counts = new CellCounts(network, Set.of(first, last));
      for (int i = 0; i < 60; i++) {
        long tile = counts.stride() * random.nextInt(1, 9);
        int pixels = random.nextInt(counts.smallest(), 700);
        long shift =
            tile <= counts.stride() ? 0 : counts.stride() * random.nextLong(tile / counts.stride());
        List<TileGrid.Part> parts =
            TileGrid.divide(pixels, tile, shift, random.nextInt(80), counts);
        Map<String, Long> whole = cells(network, pixels);
        for (String layer : List.of(first, last)) {
          check(parts, counts.of(layer, pixels), whole.get(layer), pixels);
          for (TileGrid.Part part : parts) {
            long available = cells(network, (int) (part.to() - part.from())).get(layer);
            assertContainsItsCells(part, counts.of(layer, pixels), available, counts.stride());
          }
        }
      }
    }
  }

  private static Map<String, Long> cells(Network network, int side) {
    return network.layers(new Size(side, side)).stream()
        .collect(Collectors.toMap(Layer::name, Layer::width));
  }

  private static void check(List<TileGrid.Part> parts, LayerCells cells, long count, int pixels) {
    assertThat(cells.count()).isEqualTo(count);
    long pixel = 0;
    long cell = 0;
    for (TileGrid.Part part : parts) {
      assertThat(part.begin()).isEqualTo(pixel);
      assertThat(part.end()).isGreaterThan(pixel);
      assertThat(cells.before(part.begin())).isEqualTo(cell);
      assertThat(cells.before(part.end())).isGreaterThanOrEqualTo(cell);
      pixel = part.end();
      cell = cells.before(pixel);
    }
    assertThat(pixel).isEqualTo(pixels);
    assertThat(cell).isEqualTo(count);
  }

  private static void assertContainsItsCells(
      TileGrid.Part part, LayerCells cells, long available, long stride) {
    assertThat(part.from()).isBetween(0L, part.begin());
    assertThat(part.from() % stride).isZero();
    assertThat(part.to()).isGreaterThanOrEqualTo(part.end());
    long first = part.from() / cells.stride();
    if (cells.before(part.end()) > cells.before(part.begin())) {
      assertThat(first).isLessThanOrEqualTo(cells.before(part.begin()));
      assertThat(first + available).isGreaterThanOrEqualTo(cells.before(part.end()));
    }
  }
}
