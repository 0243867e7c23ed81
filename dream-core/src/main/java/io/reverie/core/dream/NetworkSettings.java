package io.reverie.core.dream;

import io.reverie.core.dream.param.Parameterisation;
import io.reverie.core.dream.prior.Priors;
import io.reverie.core.dream.prior.Smoothing;
import io.reverie.core.dream.transform.Robustness;
import io.reverie.core.network.descriptor.DescriptorKeys;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.objective.Objective;
import io.reverie.core.objective.ObjectiveKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the settings of a network's descriptor. For a key that the descriptor does not set, this
 * class has the default of the command line's {@code reference.yaml}.
 */
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

  private static final Octaves OCTAVES = new Octaves(4, 1.4);
  private static final int ITERATIONS = 10;
  private static final double STEP = 1.5;
  private static final int JITTER = 32;

  private final DescriptorKeys keys;
  private final NetworkObjectives objectives;

  private NetworkSettings(NetworkDescriptor network, DescriptorKeys keys) {
    this.keys = keys;
    this.objectives = new NetworkObjectives(network, keys.choice("objective", ObjectiveKind.L2));
  }

  /**
   * A network's defaults with a preset on top.
   *
   * @param preset empty for none
   */
  static DreamSpec spec(NetworkDescriptor network, Map<String, Object> preset) {
    Map<String, Object> settings = merged(network.defaults(), preset);
    settings.keySet().removeAll(IGNORED);
    try (DescriptorKeys keys = new DescriptorKeys(settings, "network " + network.name())) {
      return new NetworkSettings(network, keys).spec();
    }
  }

  private static Map<String, Object> merged(Map<?, ?> below, Map<?, ?> above) {
    Map<String, Object> merged = new HashMap<>();
    below.forEach((key, value) -> merged.put(String.valueOf(key), value));
    above.forEach(
        (key, value) -> merged.merge(String.valueOf(key), value, NetworkSettings::merged));
    return merged;
  }

  private static Object merged(Object below, Object above) {
    return below instanceof Map<?, ?> group && above instanceof Map<?, ?> keys
        ? merged(group, keys)
        : above;
  }

  private DreamSpec spec() {
    double stepEnd = keys.number("stepEnd", 1);
    OctaveSpec all = octave(stepEnd);
    try (DescriptorKeys octaves = keys.group("octaves")) {
      return new DreamSpec(
          all,
          octaves.list("each").stream().map(own -> octave(own, all, stepEnd)).toList(),
          new Octaves(
              octaves.integer("count", OCTAVES.count()), octaves.number("scale", OCTAVES.scale())),
          robustness(),
          priors(),
          keys.choice("parameterisation", Parameterisation.FOURIER),
          keys.number("strength", 1),
          keys.integer("seed", 0));
    }
  }

  private OctaveSpec octave(double stepEnd) {
    List<Objective> layers = objectives.of(keys.list("layers"));
    double step = keys.number("step", STEP);
    return new OctaveSpec(
        layers.isEmpty() ? List.of(objectives.ofDefaultLayer()) : layers,
        keys.integer("iterations", ITERATIONS),
        new Ramp(step, step * stepEnd),
        blur(keys, Ramp.of(0)));
  }

  private OctaveSpec octave(DescriptorKeys own, OctaveSpec all, double stepEnd) {
    try (own) {
      double step = own.number("step", all.step().from());
      return new OctaveSpec(
          own.has("layers") ? objectives.of(own.list("layers")) : all.objectives(),
          own.integer("iterations", all.iterations()),
          new Ramp(step, step * own.number("stepEnd", stepEnd)),
          blur(own, all.blur()));
    }
  }

  private static Ramp blur(DescriptorKeys keys, Ramp otherwise) {
    try (DescriptorKeys blur = keys.group("blur")) {
      return new Ramp(blur.number("from", otherwise.from()), blur.number("to", otherwise.to()));
    }
  }

  private Robustness robustness() {
    try (DescriptorKeys robustness = keys.group("robustness")) {
      return new Robustness(
          keys.integer("jitter", JITTER),
          robustness.number("scale", 0),
          robustness.number("rotate", 0),
          robustness.integer("window", 0));
    }
  }

  private Priors priors() {
    Priors none = Priors.NONE;
    return new Priors(
        keys.choice("stepRule", none.rule()),
        keys.number("clip", none.clip()),
        keys.integer("laplacian", none.laplacian()),
        smoothing(none.smoothing()),
        keys.number("tv", none.tv()),
        keys.number("decay", 0),
        keys.choice("colours", none.colours()));
  }

  private Smoothing smoothing(Smoothing none) {
    try (DescriptorKeys smoothing = keys.group("smoothing")) {
      return new Smoothing(
          smoothing.number("weight", none.weight()), smoothing.number("sigma", none.sigma()));
    }
  }
}
