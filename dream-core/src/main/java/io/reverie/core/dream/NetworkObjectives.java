package io.reverie.core.dream;

import io.reverie.core.DreamException;
import io.reverie.core.network.descriptor.Classes;
import io.reverie.core.network.descriptor.DescriptorKeys;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.objective.ChannelSelector;
import io.reverie.core.objective.ClassLogit;
import io.reverie.core.objective.L2;
import io.reverie.core.objective.Mean;
import io.reverie.core.objective.Neuron;
import io.reverie.core.objective.Objective;
import io.reverie.core.objective.ObjectiveKind;
import java.util.List;
import java.util.Map;

/**
 * Reads the objectives of a network's defaults and presets.
 *
 * @param usual the objective of layers that name none
 */
record NetworkObjectives(NetworkDescriptor network, ObjectiveKind usual) {

  private static final double CENTRE = 0.5;

  List<Objective> of(List<DescriptorKeys> layers) {
    return layers.stream().map(this::objective).toList();
  }

  /** The objective used when no layer is named. */
  Objective ofDefaultLayer() {
    return objective(new DescriptorKeys(Map.of(), "network " + network.name()));
  }

  private Objective objective(DescriptorKeys keys) {
    try (keys) {
      ObjectiveKind kind = keys.choice("objective", usual);
      double weight = keys.number("weight", 1);
      return switch (kind) {
        case L2 -> new L2(layer(keys), channels(keys), weight);
        case MEAN -> new Mean(layer(keys), channels(keys), weight);
        case NEURON -> neuron(keys, weight);
        case CLASS -> logit(keys, weight);
        case GUIDE ->
            throw new DreamException(
                "%s.objective must not be guide, which needs an image".formatted(keys.path()));
      };
    }
  }

  private String layer(DescriptorKeys keys) {
    return keys.text("layer", network.layer());
  }

  private static ChannelSelector channels(DescriptorKeys keys) {
    if (keys.isList("channels")) {
      return ids(keys.integers("channels"));
    }
    String text = keys.text("channels", "all");
    return text.matches("\\d{1,6}")
        ? new ChannelSelector.Ids(List.of(Integer.parseInt(text)))
        : ChannelSelector.parse(text);
  }

  private static ChannelSelector ids(List<Integer> ids) {
    return ids.isEmpty() ? ChannelSelector.all() : new ChannelSelector.Ids(ids);
  }

  private Neuron neuron(DescriptorKeys keys, double weight) {
    if (!(channels(keys) instanceof ChannelSelector.Ids one) || one.ids().size() != 1) {
      throw new DreamException(
          "%s.channels must be one number for the objective neuron, such as [3]"
              .formatted(keys.path()));
    }
    double x = keys.number("x", CENTRE);
    double y = keys.number("y", CENTRE);
    return new Neuron(layer(keys), one.ids().get(0), x, y, weight);
  }

  private ClassLogit logit(DescriptorKeys keys, double weight) {
    Classes classes =
        network
            .classes()
            .orElseThrow(
                () ->
                    new DreamException(
                        "network %s lists no classes, which the objective class needs"
                            .formatted(network.name())));
    return new ClassLogit(classes.layer(), Map.of(classes.id(keys.text("class")), 1.0), weight);
  }
}
