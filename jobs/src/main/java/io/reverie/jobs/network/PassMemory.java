package io.reverie.jobs.network;

import io.reverie.core.Size;
import io.reverie.core.dream.lockstep.Pass;
import io.reverie.core.network.graph.Layer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * How many images fit into the memory of a device in passes of a kind. A pass holds, for each
 * image, the values of all layers up to the last objective and their gradients: measured on a CPU,
 * 15 bytes for each value of the embedded network.
 */
final class PassMemory implements ToIntFunction<Pass> {

  /** A larger batch is hardly faster. */
  private static final int MOST = 32;

  /** What is left for images, octaves and the libraries' own buffers. */
  private static final double SHARE = 0.6;

  /** Of a layer's values: before and after its activation function, and the gradients of both. */
  private static final int COPIES = 4;

  private static final int FLOAT = 4;

  private final LongSupplier free;
  private final Map<Pass, Integer> known = new ConcurrentHashMap<>();
  private long bytes = -1;

  /**
   * @param free returns the device's free bytes; called once, before the first pass, when the
   *     network is loaded
   */
  PassMemory(LongSupplier free) {
    this.free = free;
  }

  @Override
  public int applyAsInt(Pass pass) {
    return known.computeIfAbsent(
        pass, each -> (int) Math.max(1, Math.min(MOST, SHARE * bytes() / ofImage(each))));
  }

  private synchronized long bytes() {
    if (bytes < 0) {
      bytes = free.getAsLong();
    }
    return bytes;
  }

  /** Returns the bytes that a pass takes for each image. */
  static double ofImage(Pass pass) {
    Size size = new Size((int) pass.width(), (int) pass.height());
    List<Layer> layers = pass.network().layers(size);
    int last =
        IntStream.range(0, layers.size())
            .filter(i -> pass.layers().contains(layers.get(i).name()))
            .max()
            .orElse(layers.size() - 1);
    double values = 3.0 * pass.pixels();
    for (Layer layer : layers.subList(0, last + 1)) {
      values += (double) layer.channels() * layer.height() * layer.width();
    }
    return COPIES * FLOAT * values;
  }
}
