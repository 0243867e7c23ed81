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

  static List<Stage> stages(List<Fields> lines) {
    List<Stage> stages = new ArrayList<>();
    int channels = COLOURS;
    for (Fields line : lines) {
      try (line) {
        String name = line.text("name");
        String op = line.text("op");
        switch (op) {
          case "conv" -> {
            int out = line.integer("out");
            stages.add(new Stage(name, conv(name, channels, out, line)));
            channels = out;
          }
          case "maxpool" -> stages.add(new Stage(name, pool(line)));
          case "classifier" -> {
            Op head = new Op.Linear(name, channels, line.integer("out"));
            stages.add(new Stage(name, Op.Sequence.of(new Op.GlobalMean(), head)));
          }
          default ->
              throw new DreamException(
                  "%s: no op '%s'; there are conv, maxpool and classifier"
                      .formatted(line.path(), op));
        }
      }
    }
    return stages;
  }

  /** A convolution with bias, and a ReLU. */
  private static Op conv(String name, int in, int out, Fields line) {
    return Op.Sequence.of(
        new Op.Conv(
            name,
            in,
            out,
            line.integer("kernel"),
            line.integer("stride", 1),
            line.integer("padding", 0)),
        new Op.Relu());
  }

  private static Op pool(Fields line) {
    return new Op.MaxPool(
        line.integer("kernel"), line.integer("stride"), line.integer("padding", 0), false);
  }
}
