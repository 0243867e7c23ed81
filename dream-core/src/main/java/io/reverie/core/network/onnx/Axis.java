package io.reverie.core.network.onnx;

/**
 * A side of maps (N, C, H, W), or a part of their channels.
 *
 * @param size at the training images' size
 * @param step distance of neighbours along it, in channels; 1 for other sides
 */
record Axis(Kind kind, long size, long step) {

  /** Which side of the maps. */
  enum Kind {
    BATCH(0),
    CHANNEL(1),
    ROW(2),
    COLUMN(3);

    private final int side;

    Kind(int side) {
      this.side = side;
    }

    /** Returns its place in (N, C, H, W). */
    int side() {
      return side;
    }
  }

  Axis(Kind kind, long size) {
    this(kind, size, 1);
  }

  /** Returns whether this axis and one after it are one axis. */
  boolean continuesTo(Axis next) {
    return kind == Kind.CHANNEL && next.kind == Kind.CHANNEL && step == next.step * next.size;
  }
}
