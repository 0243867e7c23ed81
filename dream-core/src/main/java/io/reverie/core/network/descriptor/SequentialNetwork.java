package io.reverie.core.network.descriptor;

import io.reverie.core.DreamException;
import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.SlidingWindow;
import io.reverie.core.network.graph.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds a network from the list of layers in its descriptor. Weights are stored under each layer's
 * name.
 */
final class SequentialNetwork {

  private static final int COLOURS = 3;
  private static final int MAX_LAYERS = 1000;
  private static final int MAX_CHANNELS = 100_000;
  private static final int LARGEST_WINDOW = 64;

  private SequentialNetwork() {}

  static Op of(List<DescriptorKeys> lines) {
    if (lines.size() > MAX_LAYERS) {
      throw new DreamException(
          "a descriptor can have at most %d layers, not %d".formatted(MAX_LAYERS, lines.size()));
    }
    List<Op> ops = new ArrayList<>();
    int channels = COLOURS;
    for (DescriptorKeys line : lines) {
      try (line) {
        String name = line.text("name");
        String op = line.text("op");
        switch (op) {
          case "conv" -> {
            int out = line.integer("out", 1, MAX_CHANNELS);
            ops.add(new Op.Named(name, conv(name, channels, out, line)));
            channels = out;
          }
          case "maxpool" -> ops.add(new Op.Named(name, pool(line)));
          case "classifier" -> {
            Op head = new Step.Linear(name, channels, line.integer("out", 1, MAX_CHANNELS));
            ops.add(new Op.Named(name, Op.Sequence.of(new Step.AdaptivePool(1), head)));
          }
          default ->
              throw new DreamException(
                  "%s: unknown operation '%s'; choose conv, maxpool or classifier"
                      .formatted(line.path(), op));
        }
      }
    }
    return new Op.Sequence(ops);
  }

  /** Returns a convolution with bias, followed by a ReLU. */
  private static Op conv(String name, int in, int out, DescriptorKeys line) {
    return Op.Sequence.of(new Step.Conv(name, in, out, window(line)), new Step.Relu());
  }

  private static Op pool(DescriptorKeys line) {
    return new Step.MaxPool(window(line), false);
  }

  private static SlidingWindow window(DescriptorKeys line) {
    int side = line.integer("kernel", 1, LARGEST_WINDOW);
    int stride = line.has("stride") ? line.integer("stride", 1, LARGEST_WINDOW) : 1;
    int padding = line.has("padding") ? line.integer("padding", 0, side / 2) : 0;
    return SlidingWindow.square(side, stride, padding);
  }
}
