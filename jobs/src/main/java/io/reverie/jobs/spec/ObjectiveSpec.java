package io.reverie.jobs.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.reverie.core.objective.L2;
import io.reverie.core.objective.Mean;
import io.reverie.core.objective.Neuron;
import io.reverie.core.objective.Objective;
import io.reverie.jobs.error.UserException;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;

/**
 * One thing to grow, as the user gives it; what is not given and has no default is null.
 *
 * @param layer of the network; its own by default
 * @param objective the spec's by default
 * @param channels of the layer, for l2 and mean; the one of a neuron
 * @param classes for class
 * @param guide a picture, for guide
 * @param x of a neuron, 0..1
 * @param y of a neuron, 0..1
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ObjectiveSpec(
    String layer,
    Goal objective,
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

  /** What growing means. */
  public enum Goal {
    L2,
    MEAN,
    NEURON,
    CLASS,
    GUIDE
  }

  /** This one with the spec's own goal, where it has none. */
  ObjectiveSpec or(Goal otherwise) {
    ObjectiveSpec complete = objective == null ? SpecPath.with(this, "objective", otherwise) : this;
    complete.requireOnly(complete.objective);
    return complete;
  }

  ObjectiveSpec withClass(String name) {
    return SpecPath.with(this, "classes", new ClassRule(Map.of(name, 1.0), false));
  }

  ObjectiveSpec withGuide(String name) {
    return SpecPath.with(this, "guide", name);
  }

  private void requireOnly(Goal goal) {
    require(goal == Goal.CLASS, classes != null, "class: NAME", goal);
    require(goal == Goal.GUIDE, guide != null, "guide: PICTURE", goal);
    if (goal != Goal.NEURON && (x != null || y != null)) {
      throw UserException.usage("x and y are for 'objective: neuron' alone");
    }
    if (goal == Goal.NEURON && channels.ids().size() != 1) {
      throw UserException.usage("'objective: neuron' needs one channel, such as channels: [3]");
    }
    boolean whole = goal == Goal.CLASS || goal == Goal.GUIDE;
    if (whole && !channels.equals(ChannelRule.ALL)) {
      throw UserException.usage("channels are for the objectives l2, mean and neuron alone");
    }
    if (goal == Goal.CLASS && layer != null) {
      throw UserException.usage(
          "'objective: class' takes the network's own layer of classes; leave layer: %s out"
              .formatted(layer));
    }
  }

  private static void require(boolean wanted, boolean given, String what, Goal goal) {
    if (wanted && !given) {
      throw UserException.usage("'objective: %s' needs '%s'".formatted(Choice.name(goal), what));
    }
    if (given && !wanted) {
      String word = what.substring(0, what.indexOf(':'));
      throw UserException.usage("'%s' is for 'objective: %s' alone".formatted(what, word));
    }
  }

  Optional<String> picture() {
    return Optional.ofNullable(guide);
  }

  /**
   * The objective of a spec that needs no network to be made.
   *
   * @throws IllegalStateException for classes and guides
   */
  public Objective plain() {
    return switch (objective) {
      case L2 -> new L2(layer, channels.channels(), weight);
      case MEAN -> new Mean(layer, channels.channels(), weight);
      case NEURON -> new Neuron(layer, channels.ids().get(0), or(x), or(y), weight);
      case CLASS, GUIDE -> throw new IllegalStateException(objective + " needs a network");
    };
  }

  private static double or(Double place) {
    return place == null ? MIDDLE : place;
  }
}
