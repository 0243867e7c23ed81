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

  /** Pixels from which memory counts for more than a few per cent of the time. */
  private static final long LARGE = 1 << 25;

  /**
   * Passes the pieces of some layers to a visitor; their tensors are closed before the next tile.
   */
  void forward(Set<String> layers, Map<String, float[]> means, Consumer<TileCells.Piece> visitor) {
    if (layers.isEmpty()) {
      return;
    }
    long pixels = 0;
    for (TileGrid.Tile tile : grid.tiles()) {
      pixels = makeRoom(pixels, tile);
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
    long pixels = 0;
    for (TileGrid.Tile tile : grid.tiles()) {
      pixels = makeRoom(pixels, tile);
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
   * Returns freed memory to the system before a tile larger than the one before, which does not fit
   * where that was: it would take up to twice the memory of a tile. Not before every tile, because
   * new pages cost a third of a tile's time.
   *
   * @param before pixels of the tile before
   * @return pixels of this tile
   */
  private long makeRoom(long before, TileGrid.Tile tile) {
    long pixels = tile.window().height() * tile.window().width();
    if (pixels > before) {
      trimMemory();
    }
    return pixels;
  }

  private void trimMemory() {
    Shape image = view.image().getShape();
    if (image.get(1) * image.get(2) >= LARGE) {
      Torch.trimMemory();
    }
  }
}
