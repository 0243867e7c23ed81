package io.reverie.core.dream.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.Network;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Runs the network over the tiles of an image, row by row.
 *
 * @param cells cell counts of the layers in use
 */
record TileScan(Network network, CellCounts cells, ImageView view, TileGrid grid) {

  /** Pixels from which an image is large beside a tile. */
  private static final long LARGE = 1 << 24;

  /**
   * Passes the pieces of some layers to a visitor; their tensors are closed before the next tile.
   */
  void forward(Set<String> layers, Map<String, float[]> means, Consumer<TileCells.Piece> visitor) {
    if (layers.isEmpty()) {
      return;
    }
    for (TileGrid.Tile tile : grid.tiles()) {
      trimMemory();
      try (NDManager own = view.image().getManager().newSubManager()) {
        TileCells pieces = new TileCells(cells, tile, view.region(), means);
        NDArray seen = view.crop(tile.window(), own);
        Map<String, NDArray> activations =
            Torch.withoutGradient(() -> network.activations(seen, layers));
        layers.forEach(layer -> pieces.of(layer, activations).ifPresent(visitor));
      }
    }
  }

  /**
   * Returns the sum of the gradients of all tiles.
   *
   * @param energy the scalar to differentiate, for one tile; empty if it is 0
   * @param scope owns the gradient, which has the shape of the image
   */
  NDArray gradient(
      Map<String, float[]> means,
      BiFunction<TileCells, Map<String, NDArray>, Optional<NDArray>> energy,
      NDManager scope) {
    NDArray g = scope.zeros(view.image().getShape(), view.image().getDataType());
    for (TileGrid.Tile tile : grid.tiles()) {
      trimMemory();
      TileCells pieces = new TileCells(cells, tile, view.region(), means);
      if (!pieces.areEmpty()) {
        try (NDManager own = scope.newSubManager()) {
          NDArray part =
              Torch.gradient(
                  view.crop(tile.window(), own),
                  own,
                  seen ->
                      energy
                          .apply(pieces, network.activations(seen, cells.layers()))
                          .orElseThrow());
          view.add(part, g, tile.window(), own);
        }
      }
    }
    trimMemory();
    return g;
  }

  /**
   * Tiles differ in size, so the allocator cannot reuse all of their memory: one after another they
   * would take nearly twice that of one. Takes 1% of a tile's time.
   */
  private void trimMemory() {
    Shape image = view.image().getShape();
    if (image.get(1) * image.get(2) >= LARGE) {
      Torch.trimMemory();
    }
  }
}
