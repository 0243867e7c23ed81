package io.reverie.core.dream.gradient;

import io.reverie.core.dream.image.PixelWindow;
import java.util.ArrayList;
import java.util.List;

/**
 * Tiles that cover a region: each pixel is in the core of exactly one. The window of a tile
 * contains all pixels that the cells of its core see, and starts at a multiple of the network's
 * stride.
 *
 * @param rows from top to bottom
 * @param columns from left to right
 */
public record TileGrid(List<Part> rows, List<Part> columns) {

  /**
   * One tile along one side: its core from {@code begin} (inclusive) to {@code end} (exclusive),
   * and its window with the halo, from {@code from} to {@code to}.
   */
  record Part(long begin, long end, long from, long to) {}

  record Tile(Part rows, Part columns) {
    PixelWindow window() {
      return new PixelWindow(
          rows.from(), columns.from(), rows.to() - rows.from(), columns.to() - columns.from());
    }
  }

  public TileGrid {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
  }

  /** Returns the tiles row by row. */
  List<Tile> tiles() {
    List<Tile> tiles = new ArrayList<>();
    rows.forEach(row -> columns.forEach(column -> tiles.add(new Tile(row, column))));
    return tiles;
  }

  /**
   * Divides a side into tiles.
   *
   * @param pixels length of the side; not divided if at most {@code tile}
   * @param tile distance of the borders; a multiple of the cells' stride
   * @param shift position of the first border, 0 (inclusive) to {@code tile} (exclusive); a
   *     multiple of the stride
   */
  static List<Part> divide(long pixels, long tile, long shift, long halo, CellCounts cells) {
    if (pixels <= tile) {
      return List.of(new Part(0, pixels, 0, pixels));
    }
    List<Part> parts = new ArrayList<>();
    long begin = 0;
    long end = shift == 0 ? tile : shift;
    while (begin < pixels) {
      parts.add(part(begin, Math.min(pixels, end), pixels, halo, cells));
      begin = end;
      end += tile;
    }
    return parts;
  }

  private static Part part(long begin, long end, long pixels, long halo, CellCounts cells) {
    long stride = cells.stride();
    long from = Math.max(0, Math.floorDiv(begin - halo, stride) * stride);
    long to = Math.min(pixels, end(end + halo, pixels, cells));
    while (to < pixels
        && (to - from < cells.smallest() || !reachesEnd(from, to, end, pixels, cells))) {
      to = Math.min(pixels, to + stride);
    }
    while (from > 0
        && (to - from < cells.smallest() || !reachesBegin(from, begin, pixels, cells))) {
      from -= stride;
    }
    return new Part(begin, end, from, to);
  }

  /**
   * Returns the end of a window: a multiple of the stride or, if the cells' places depend on the
   * size, as much more as the image has, so that the window's cells are where the image's are.
   */
  private static long end(long smallest, long pixels, CellCounts cells) {
    long stride = cells.stride();
    long rest = cells.dependOnSize() ? Math.floorMod(pixels, stride) : 0;
    return rest - Math.floorDiv(rest - smallest, stride) * stride;
  }

  /** Returns whether a window contains the first cells of its core. */
  private static boolean reachesBegin(long from, long begin, long pixels, CellCounts cells) {
    return cells.layers().stream()
        .map(layer -> cells.of(layer, pixels))
        .allMatch(whole -> from <= whole.before(begin) * whole.stride());
  }

  /** Returns whether a window contains the last cells of its core. */
  private static boolean reachesEnd(long from, long to, long end, long pixels, CellCounts cells) {
    return cells.layers().stream()
        .allMatch(
            layer -> {
              LayerCells whole = cells.of(layer, pixels);
              return from / whole.stride() + cells.of(layer, to - from).count()
                  >= whole.before(end);
            });
  }
}
