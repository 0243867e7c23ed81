package io.reverie.jobs.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.reverie.core.network.descriptor.Preprocessing;
import io.reverie.core.network.descriptor.Preprocessing.Order;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.rule.InputChannels;
import io.reverie.jobs.spec.rule.InputOrder;
import io.reverie.jobs.spec.rule.InputScale;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The keys {@code preprocessing.*}, which replace what is known or assumed about the weights. */
public record PreprocessingSpec(
    InputOrder order, InputScale scale, InputChannels mean, InputChannels std)
    implements Serializable {

  public PreprocessingSpec {
    if (std.values().stream().anyMatch(each -> each <= 0)) {
      throw UserException.usage("preprocessing.std must be positive, not " + std.values());
    }
  }

  /** Returns whether nothing is replaced. */
  @JsonIgnore
  public boolean isAuto() {
    return order == InputOrder.AUTO && scale.factor().isEmpty() && mean.isAuto() && std.isAuto();
  }

  /**
   * Replaces the values that are set. Means and deviations that are not set stay with their colours
   * if the order changes.
   */
  public Preprocessing over(Preprocessing usual) {
    Order now = order == InputOrder.AUTO ? usual.order() : Order.valueOf(order.name());
    boolean flipped = now != usual.order();
    return new Preprocessing(
        now,
        scale.factor().orElse(usual.scale()),
        mean.isAuto() ? inOrder(usual.mean(), flipped) : mean.values(),
        std.isAuto() ? inOrder(usual.std(), flipped) : std.values());
  }

  private static List<Double> inOrder(List<Double> values, boolean flipped) {
    List<Double> ordered = new ArrayList<>(values);
    if (flipped) {
      Collections.reverse(ordered);
    }
    return ordered;
  }
}
