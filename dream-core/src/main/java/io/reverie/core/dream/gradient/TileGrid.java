package io.reverie.core.dream.gradient;

import io.reverie.core.dream.image.PixelWindow;
import java.util.ArrayList;
import java.util.List;

/**
 * Tiles that cover an image: each pixel is in the core of one. What a core's cells see lies in its
 * window, which begins where the network's strides do.
 *
 * @param rows the cuts from the top down
 * @param columns the cuts from the left to the right
 */
public record TileGrid(List<Part> rows, List<Part> columns) {

  /**
   * A part of a side: its core from {@code begin} to before {@code end}, and what is seen of it and
   * around it, from {@code from} to before {@code to}.
   */
  record Part(long begin, long end, long from, long to) {}

  /** One tile. */
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

  /** All of them, row by row. */
  List<Tile> tiles() {
    List<Tile> tiles = new ArrayList<>();
    rows.forEach(row -> columns.forEach(column -> tiles.add(new Tile(row, column))));
    return tiles;
  }

  /**
   * Cuts a side.
   *
   * @param pixels of the side; at most {@code tile} stay whole
   * @param tile pixels from one cut to the next; a multiple of the cells' stride
   * @param shift of the first cut, 0 to before {@code tile}; a multiple of the stride as well
   */
  static List<Part> cut(long pixels, long tile, long shift, long halo, CellCounts cells) {
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
    long to = Math.min(pixels, -Math.floorDiv(-end - halo, stride) * stride);
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

  /** Whether a window has the first cells of its core. */
  private static boolean reachesBegin(long from, long begin, long pixels, CellCounts cells) {
    return cells.layers().stream()
        .map(layer -> cells.of(layer, pixels))
        .allMatch(whole -> from <= whole.before(begin) * whole.stride());
  }

  /** Whether a window has the last cells of its core. */
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
