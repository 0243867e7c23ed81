package io.reverie.core.network.descriptor;

import io.reverie.core.DreamException;
import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.SlidingWindow;
import io.reverie.core.network.graph.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * A network that is a plain line of layers, described in its descriptor and without a class of its
 * own. Weights stand under each layer's name.
 */
final class SequentialNetwork {

  private static final int COLOURS = 3;
  private static final int MOST_LAYERS = 1000;
  private static final int MOST_CHANNELS = 100_000;
  private static final int LARGEST_WINDOW = 64;

  private SequentialNetwork() {}

  static Op of(List<DescriptorKeys> lines) {
    if (lines.size() > MOST_LAYERS) {
      throw new DreamException(
          "a network can have %d layers in its descriptor, not %d"
              .formatted(MOST_LAYERS, lines.size()));
    }
    List<Op> ops = new ArrayList<>();
    int channels = COLOURS;
    for (DescriptorKeys line : lines) {
      try (line) {
        String name = line.text("name");
        String op = line.text("op");
        switch (op) {
          case "conv" -> {
            int out = line.integer("out", 1, MOST_CHANNELS);
            ops.add(new Op.Named(name, conv(name, channels, out, line)));
            channels = out;
          }
          case "maxpool" -> ops.add(new Op.Named(name, pool(line)));
          case "classifier" -> {
            Op head = new Step.Linear(name, channels, line.integer("out", 1, MOST_CHANNELS));
            ops.add(new Op.Named(name, Op.Sequence.of(new Step.WholePool(1), head)));
          }
          default ->
              throw new DreamException(
                  "%s: no op '%s'; there are conv, maxpool and classifier"
                      .formatted(line.path(), op));
        }
      }
    }
    return new Op.Sequence(ops);
  }

  /** A convolution with bias, and a ReLU. */
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
