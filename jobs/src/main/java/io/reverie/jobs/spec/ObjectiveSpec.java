package io.reverie.jobs.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.reverie.core.objective.L2;
import io.reverie.core.objective.Mean;
import io.reverie.core.objective.Neuron;
import io.reverie.core.objective.Objective;
import io.reverie.core.objective.ObjectiveKind;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.rule.ChannelRule;
import io.reverie.jobs.spec.rule.ClassRule;
import io.reverie.jobs.spec.rule.EnumNames;
import java.io.Serializable;
import java.util.Optional;

/**
 * One objective, from the list of layers; a component is null if the user omits it and it has no
 * default.
 *
 * @param layer the network's default layer, unless set
 * @param objective the spec's, unless set
 * @param channels for l2 and mean, and the single one of a neuron
 * @param x of a neuron, 0 to 1
 * @param y of a neuron, 0 to 1
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ObjectiveSpec(
    String layer,
    ObjectiveKind objective,
    ChannelRule channels,
    @JsonProperty("class") ClassRule classes,
    String guide,
    Double x,
    Double y,
    @JsonProperty Double weight)
    implements Serializable {

  private static final double MIDDLE = 0.5;

  public ObjectiveSpec {
    channels = channels == null ? ChannelRule.ALL : channels;
    weight = weight == null ? 1.0 : weight;
  }

  /** Fills in the spec's objective and validates the combination of keys. */
  ObjectiveSpec complete(ObjectiveKind otherwise) {
    ObjectiveSpec complete = objective == null ? SpecPath.with(this, "objective", otherwise) : this;
    complete.requireOnly(complete.objective);
    return complete;
  }

  ObjectiveSpec withClass(String name) {
    return SpecPath.with(this, "classes", ClassRule.of(name));
  }

  ObjectiveSpec withGuide(String name) {
    return SpecPath.with(this, "guide", name);
  }

  private void requireOnly(ObjectiveKind kind) {
    require(kind == ObjectiveKind.CLASS, classes != null, "class: NAME", kind);
    require(kind == ObjectiveKind.GUIDE, guide != null, "guide: IMAGE", kind);
    if (kind != ObjectiveKind.NEURON && (x != null || y != null)) {
      throw UserException.usage("x and y require 'objective: neuron'");
    }
    if (kind == ObjectiveKind.NEURON && channels.ids().size() != 1) {
      throw UserException.usage("'objective: neuron' needs one channel, such as channels: [3]");
    }
    boolean whole = kind == ObjectiveKind.CLASS || kind == ObjectiveKind.GUIDE;
    if (whole && !channels.equals(ChannelRule.ALL)) {
      throw UserException.usage("channels require the objective l2, mean or neuron");
    }
    if (kind == ObjectiveKind.CLASS && layer != null) {
      throw UserException.usage(
          "'objective: class' uses the network's classification layer; omit layer: %s"
              .formatted(layer));
    }
  }

  private static void require(boolean wanted, boolean given, String what, ObjectiveKind kind) {
    if (wanted && !given) {
      throw UserException.usage("'objective: %s' needs '%s'".formatted(EnumNames.name(kind), what));
    }
    if (given && !wanted) {
      String word = what.substring(0, what.indexOf(':'));
      throw UserException.usage("'%s' requires 'objective: %s'".formatted(what, word));
    }
  }

  Optional<String> picture() {
    return Optional.ofNullable(guide);
  }

  /**
   * Creates an objective that needs no network.
   *
   * @throws IllegalStateException for classes and guides
   */
  public Objective plain() {
    return switch (objective) {
      case L2 -> new L2(layer, channels.selector(), weight);
      case MEAN -> new Mean(layer, channels.selector(), weight);
      case NEURON -> new Neuron(layer, channels.ids().get(0), or(x), or(y), weight);
      case CLASS, GUIDE -> throw new IllegalStateException(objective + " needs a network");
    };
  }

  private static double or(Double position) {
    return position == null ? MIDDLE : position;
  }
}
