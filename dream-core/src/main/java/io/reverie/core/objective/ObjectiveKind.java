package io.reverie.core.objective;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The objectives that settings can name, in lower case, and how each is made. */
public enum ObjectiveKind {
  L2(from -> new L2(from.layer(), from.channels(), from.weight()), "layer", "channels"),
  MEAN(from -> new Mean(from.layer(), from.channels(), from.weight()), "layer", "channels"),
  NEURON(
      from -> new Neuron(from.layer(), from.channel(), from.x(), from.y(), from.weight()),
      "layer",
      "channels",
      "x",
      "y"),
  CLASS(ObjectiveSettings::classes, "class", "layer"),
  GUIDE(ObjectiveSettings::guide, "layer", "guide");

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final Function<ObjectiveSettings, Objective> factory;

  @SuppressWarnings("ImmutableEnumChecker") // copies
  private final Set<String> keys;

  ObjectiveKind(Function<ObjectiveSettings, Objective> factory, String... keys) {
    this.factory = factory;
    this.keys = Set.of(keys);
  }

  /** Creates the objective; only the settings of this kind are asked for. */
  public Objective of(ObjectiveSettings settings) {
    return factory.apply(settings);
  }

  /** Returns the kinds that have a key, other than {@code objective} and {@code weight}. */
  public static List<ObjectiveKind> with(String key) {
    return Arrays.stream(values()).filter(kind -> kind.keys.contains(key)).toList();
  }
}
