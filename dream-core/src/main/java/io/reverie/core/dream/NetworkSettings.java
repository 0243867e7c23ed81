package io.reverie.core.dream;

import io.reverie.core.dream.param.Parameterisation;
import io.reverie.core.dream.prior.ColourMode;
import io.reverie.core.dream.prior.Priors;
import io.reverie.core.dream.prior.Smoothing;
import io.reverie.core.dream.prior.StepRule;
import io.reverie.core.dream.transform.Robustness;
import io.reverie.core.network.descriptor.DescriptorKeys;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.objective.Objective;
import io.reverie.core.objective.ObjectiveKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the settings of a network's descriptor, over the defaults of {@code dream.yaml}. */
final class NetworkSettings {

  /** Keys of the command line; the library takes sizes, masks and files as arguments. */
  private static final Set<String> IGNORED =
      Set.of(
          "network",
          "weights",
          "preset",
          "mask",
          "size",
          "dreamSize",
          "noise",
          "tile",
          "halo",
          "precision",
          "video",
          "images",
          "camera",
          "zoom",
          "sync");

  private final DescriptorKeys keys;
  private final NetworkObjectives objectives;

  private NetworkSettings(NetworkDescriptor network, DescriptorKeys keys) {
    this.keys = keys;
    this.objectives = new NetworkObjectives(network, keys.choice("objective", ObjectiveKind.class));
  }

  /**
   * A network's defaults with a preset on top.
   *
   * @param preset empty for none
   */
  static DreamSpec spec(NetworkDescriptor network, Map<String, Object> preset) {
    Map<String, Object> own = merged(network.defaults(), preset);
    Map<String, Object> settings = merged(DreamDefaults.keys(), own);
    settings.keySet().removeAll(IGNORED);
    try (DescriptorKeys keys = new DescriptorKeys(settings, "network " + network.name())) {
      return new NetworkSettings(network, keys).spec();
    }
  }

  private static Map<String, Object> merged(Map<?, ?> below, Map<?, ?> above) {
    Map<String, Object> merged = new HashMap<>();
    below.forEach((key, value) -> merged.put(String.valueOf(key), value));
    above.forEach((key, value) -> merged.put(String.valueOf(key), merged(below.get(key), value)));
    return merged;
  }

  private static @Nullable Object merged(@Nullable Object below, @Nullable Object above) {
    return below instanceof Map<?, ?> group && above instanceof Map<?, ?> keys
        ? merged(group, keys)
        : above;
  }

  private DreamSpec spec() {
    double stepEnd = keys.number("stepEnd");
    OctaveSpec all = octave(stepEnd);
    try (DescriptorKeys octaves = keys.nested("octaves")) {
      List<DescriptorKeys> each = octaves.list("each");
      Map<Integer, Double> scales = new HashMap<>();
      for (int i = 0; i < each.size(); i++) {
        if (each.get(i).has("scale")) {
          scales.put(i, each.get(i).number("scale"));
        }
      }
      return new DreamSpec(
          all,
          each.stream().map(own -> octave(own, all, stepEnd)).toList(),
          new Octaves(octaves.integer("count"), octaves.number("scale"), scales),
          robustness(),
          priors(),
          keys.choice("parameterisation", Parameterisation.class),
          keys.number("strength"),
          keys.integer("seed"));
    }
  }

  private OctaveSpec octave(double stepEnd) {
    List<Objective> layers = objectives.of(keys.list("layers"));
    double step = keys.number("step");
    try (DescriptorKeys blur = keys.nested("blur")) {
      return new OctaveSpec(
          layers.isEmpty() ? List.of(objectives.ofDefaultLayer()) : layers,
          keys.integer("iterations"),
          new Ramp(step, step * stepEnd),
          new Ramp(blur.number("from"), blur.number("to")));
    }
  }

  private OctaveSpec octave(DescriptorKeys own, OctaveSpec all, double stepEnd) {
    try (own;
        DescriptorKeys blur = own.group("blur")) {
      double step = own.number("step", all.step().from());
      return new OctaveSpec(
          own.has("layers") ? objectives.of(own.list("layers")) : all.objectives(),
          own.integer("iterations", all.iterations()),
          new Ramp(step, step * own.number("stepEnd", stepEnd)),
          new Ramp(blur.number("from", all.blur().from()), blur.number("to", all.blur().to())));
    }
  }

  private Robustness robustness() {
    try (DescriptorKeys robustness = keys.nested("robustness")) {
      return new Robustness(
          keys.integer("jitter"),
          robustness.number("scale"),
          robustness.number("rotate"),
          robustness.integer("window"));
    }
  }

  private Priors priors() {
    try (DescriptorKeys smoothing = keys.nested("smoothing")) {
      return new Priors(
          keys.choice("stepRule", StepRule.class),
          keys.number("clip"),
          keys.integer("laplacian"),
          new Smoothing(smoothing.number("weight"), smoothing.number("sigma")),
          keys.number("tv"),
          keys.number("decay"),
          keys.choice("colours", ColourMode.class));
    }
  }
}
