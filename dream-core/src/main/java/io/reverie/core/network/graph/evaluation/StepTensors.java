package io.reverie.core.network.graph.evaluation;

import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.Step;
import io.reverie.core.network.graph.operation.PaddedConv;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The names of the tensors that the steps of a network load. */
public final class StepTensors {

  private StepTensors() {}

  /**
   * A step with tensors.
   *
   * @param key its prefix in the weights
   * @param names of its tensors, the kernel first
   * @param outputs its channels
   */
  public record Loaded(String key, List<String> names, int outputs) {

    /** The tensor whose first side is the number of outputs. */
    public String kernel() {
      return names.get(0);
    }
  }

  /** Returns the steps with tensors, in the network's order. */
  public static List<Loaded> of(Op body) {
    List<Loaded> all = new ArrayList<>();
    body.forEachStep(step -> of(step).ifPresent(all::add));
    return all;
  }

  static Optional<Loaded> of(Step step) {
    if (step instanceof Step.Conv conv) {
      return Optional.of(plain(conv.key(), conv.out()));
    }
    if (step instanceof Step.Linear linear) {
      return Optional.of(plain(linear.key(), linear.out()));
    }
    if (step instanceof Step.NormedConv conv) {
      String norm = conv.norm();
      return Optional.of(
          new Loaded(
              conv.key(),
              List.of(
                  conv.key() + ".weight",
                  norm + ".weight",
                  norm + ".bias",
                  norm + ".running_mean",
                  norm + ".running_var"),
              conv.out()));
    }
    if (step instanceof PaddedConv conv) {
      List<String> names = new ArrayList<>(List.of(conv.kernel()));
      conv.bias().ifPresent(names::add);
      return Optional.of(new Loaded(conv.kernel(), names, conv.out()));
    }
    return Optional.empty();
  }

  private static Loaded plain(String key, int outputs) {
    return new Loaded(key, List.of(key + ".weight", key + ".bias"), outputs);
  }
}
