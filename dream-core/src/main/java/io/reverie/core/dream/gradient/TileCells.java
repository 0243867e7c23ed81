package io.reverie.core.dream.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import io.reverie.core.dream.image.PixelWindow;
import io.reverie.core.objective.LayerExtent;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The part of each layer that belongs to a tile: the cells whose centre is in its core.
 *
 * @param region the tiled region of the image
 * @param means channel means by layer, where objectives need them
 */
record TileCells(
    CellCounts cells, TileGrid.Tile tile, PixelWindow region, Map<String, float[]> means) {

  /**
   * The cells of one layer.
   *
   * @param a (1, channels, h, w)
   */
  record Piece(String layer, NDArray a, LayerExtent extent) {}

  boolean areEmpty() {
    return cells.layers().stream()
        .allMatch(layer -> rows(layer).isEmpty() || columns(layer).isEmpty());
  }

  /**
   * Returns the tile's cells of a layer; empty if the core contains none.
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
    LayerExtent extent =
        new LayerExtent(
            rows.all, columns.all, rows.from, columns.from, Optional.ofNullable(means.get(layer)));
    return Optional.of(new Piece(layer, core, extent));
  }

  private Range rows(String layer) {
    return Range.of(cells.of(layer, region.height()), tile.rows());
  }

  private Range columns(String layer) {
    return Range.of(cells.of(layer, region.width()), tile.columns());
  }

  /**
   * The cells {@code from} (inclusive) to {@code to} (exclusive) of {@code all}; the window starts
   * at cell {@code first}.
   */
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
