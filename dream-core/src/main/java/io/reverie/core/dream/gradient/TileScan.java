package io.reverie.core.dream.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.Network;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * What is looked at, in tiles; they are gone through row by row.
 *
 * @param cells of the layers that are asked for
 */
record TileScan(Network network, CellCounts cells, ImageView view, TileGrid grid) {

  /** Gives every piece of some layers; what is computed of it lasts until the next tile. */
  void forward(Set<String> layers, Map<String, float[]> means, Consumer<TileCells.Piece> visitor) {
    if (layers.isEmpty()) {
      return;
    }
    for (TileGrid.Tile tile : grid.tiles()) {
      try (NDManager own = view.image().getManager().newSubManager()) {
        TileCells pieces = new TileCells(cells, tile, view.region(), means);
        NDArray seen = view.cut(tile.window(), own);
        Map<String, NDArray> activations =
            Torch.withoutGradient(() -> network.activations(seen, layers));
        layers.forEach(layer -> pieces.of(layer, activations).ifPresent(visitor));
      }
    }
  }

  /**
   * Adds up the gradients of all tiles.
   *
   * @param energy of a tile, whose derivative is wanted; empty where it is 0
   * @param scope of the result, which has the shape of the image
   */
  NDArray gradient(
      Map<String, float[]> means,
      BiFunction<TileCells, Map<String, NDArray>, Optional<NDArray>> energy,
      NDManager scope) {
    NDArray g = scope.zeros(view.image().getShape(), view.image().getDataType());
    for (TileGrid.Tile tile : grid.tiles()) {
      TileCells pieces = new TileCells(cells, tile, view.region(), means);
      if (!pieces.areEmpty()) {
        try (NDManager own = scope.newSubManager()) {
          NDArray part =
              Torch.gradient(
                  view.cut(tile.window(), own),
                  own,
                  seen ->
                      energy
                          .apply(pieces, network.activations(seen, cells.layers()))
                          .orElseThrow());
          view.add(part, g, tile.window(), own);
        }
      }
    }
    return g;
  }
}
