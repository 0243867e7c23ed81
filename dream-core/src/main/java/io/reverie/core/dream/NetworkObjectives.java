package io.reverie.core.dream;

import io.reverie.core.DreamException;
import io.reverie.core.network.descriptor.Classes;
import io.reverie.core.network.descriptor.DescriptorKeys;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.objective.ChannelSelector;
import io.reverie.core.objective.ClassLogit;
import io.reverie.core.objective.Objective;
import io.reverie.core.objective.ObjectiveKind;
import io.reverie.core.objective.ObjectiveSettings;
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
      return keys.choice("objective", usual).of(new Settings(network, keys));
    }
  }

  /** Reads from the keys only what is asked for, so that they report the others as unknown. */
  private record Settings(NetworkDescriptor network, DescriptorKeys keys)
      implements ObjectiveSettings {

    @Override
    public String layer() {
      return keys.text("layer", network.layer());
    }

    @Override
    public double weight() {
      return keys.number("weight", 1);
    }

    @Override
    public ChannelSelector channels() {
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

    @Override
    public int channel() {
      if (!(channels() instanceof ChannelSelector.Ids one) || one.ids().size() != 1) {
        throw new DreamException(
            "%s.channels must be one number for the objective neuron, such as [3]"
                .formatted(keys.path()));
      }
      return one.ids().get(0);
    }

    @Override
    public double x() {
      return keys.number("x", CENTRE);
    }

    @Override
    public double y() {
      return keys.number("y", CENTRE);
    }

    @Override
    public Objective classes() {
      Classes classes =
          network
              .classes()
              .orElseThrow(
                  () ->
                      new DreamException(
                          "network %s lists no classes, which the objective class needs"
                              .formatted(network.name())));
      Classes wanted = network.classesAt(keys.text("layer", classes.layer()));
      return new ClassLogit(wanted.layer(), Map.of(wanted.id(keys.text("class")), 1.0), weight());
    }

    @Override
    public Objective guide() {
      throw new DreamException(
          "%s.objective must not be guide, which needs an image".formatted(keys.path()));
    }
  }
}
