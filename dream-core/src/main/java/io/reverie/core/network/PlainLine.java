package io.reverie.core.network;

import io.reverie.core.DreamException;
import java.util.ArrayList;
import java.util.List;

/**
 * A network that is a plain line of layers, described in its descriptor and without a class of its
 * own. Weights stand under each layer's name.
 */
final class PlainLine {

  private static final int COLOURS = 3;

  private PlainLine() {}

  static Op of(List<Fields> lines) {
    List<Op> ops = new ArrayList<>();
    int channels = COLOURS;
    for (Fields line : lines) {
      try (line) {
        String name = line.text("name");
        String op = line.text("op");
        switch (op) {
          case "conv" -> {
            int out = line.integer("out");
            ops.add(new Op.Named(name, conv(name, channels, out, line)));
            channels = out;
          }
          case "maxpool" -> ops.add(new Op.Named(name, pool(line)));
          case "classifier" -> {
            Op head = new Step.Linear(name, channels, line.integer("out"));
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
  private static Op conv(String name, int in, int out, Fields line) {
    return Op.Sequence.of(new Step.Conv(name, in, out, window(line)), new Step.Relu());
  }

  private static Op pool(Fields line) {
    return new Step.MaxPool(window(line), false);
  }

  private static Window window(Fields line) {
    return Window.square(
        line.integer("kernel"), line.integer("stride", 1), line.integer("padding", 0));
  }
}
