package io.reverie.core.dream.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import io.reverie.core.dream.image.PixelWindow;
import io.reverie.core.objective.LayerExtent;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What of the layers belongs to a tile: the cells that stand in its core.
 *
 * @param region of the image that is tiled
 * @param means of channels, by layer, as far as they are needed
 */
record TileCells(
    CellCounts cells, TileGrid.Tile tile, PixelWindow region, Map<String, float[]> means) {

  /**
   * Of one layer.
   *
   * @param a (1, channels, h, w)
   */
  record Piece(String layer, NDArray a, LayerExtent whole) {}

  boolean areEmpty() {
    return cells.layers().stream()
        .allMatch(layer -> rows(layer).isEmpty() || columns(layer).isEmpty());
  }

  /**
   * A layer's piece; empty if no cell of it stands in the core.
   *
   * @param activations of the tile's window
   */
  Optional<Piece> of(String layer, Map<String, NDArray> activations) {
    Range rows = rows(layer);
    Range columns = columns(layer);
    if (rows.isEmpty() || columns.isEmpty()) {
      return Optional.empty();
    }
    NDArray core =
        Objects.requireNonNull(activations.get(layer))
            .get(
                new NDIndex()
                    .addAllDim(2)
                    .addSliceDim(rows.from - rows.first, rows.to - rows.first)
                    .addSliceDim(columns.from - columns.first, columns.to - columns.first));
    LayerExtent whole =
        new LayerExtent(
            rows.all, columns.all, rows.from, columns.from, Optional.ofNullable(means.get(layer)));
    return Optional.of(new Piece(layer, core, whole));
  }

  private Range rows(String layer) {
    return Range.of(cells.of(layer, region.height()), tile.rows());
  }

  private Range columns(String layer) {
    return Range.of(cells.of(layer, region.width()), tile.columns());
  }

  /** From {@code from} to before {@code to} of {@code all}; the window begins with first. */
  private record Range(long first, long from, long to, long all) {

    static Range of(LayerCells cells, TileGrid.Part part) {
      return new Range(
          part.from() / cells.stride(),
          cells.before(part.begin()),
          cells.before(part.end()),
          cells.count());
    }

    boolean isEmpty() {
      return to <= from;
    }
  }
}
