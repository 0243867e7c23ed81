package io.reverie.jobs.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.reverie.core.objective.L2;
import io.reverie.core.objective.Mean;
import io.reverie.core.objective.Neuron;
import io.reverie.core.objective.Objective;
import io.reverie.jobs.UserException;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;

/**
 * One thing to grow, as the user gives it; what is not given and has no default is null.
 *
 * @param layer of the network; its own by default
 * @param objective a word of {@link Goal}; the spec's by default
 * @param channels of the layer, for l2 and mean; the one of a neuron
 * @param classes for class
 * @param guide a picture, for guide
 * @param x of a neuron, 0..1
 * @param y of a neuron, 0..1
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Term(
    String layer,
    String objective,
    ChannelRule channels,
    @JsonProperty("class") ClassRule classes,
    String guide,
    Double x,
    Double y,
    @JsonProperty Double weight)
    implements Serializable {

  private static final double MIDDLE = 0.5;

  public Term {
    channels = channels == null ? ChannelRule.ALL : channels;
    weight = weight == null ? 1.0 : weight;
  }

  /** What a term is for. */
  enum Goal {
    L2,
    MEAN,
    NEURON,
    CLASS,
    GUIDE
  }

  /** What needs a network to be made. */
  public interface Maker {

    /** For classes by name or number. */
    Objective classes(Map<String, Double> shares, double weight);

    /** For a picture. */
    Objective guide(String layer, String picture, double weight);
  }

  /** The spec's own word for it, where the term has none. */
  Goal goal(String otherwise) {
    Goal goal = Choice.of("objective", Goal.class, objective == null ? otherwise : objective);
    requireOnly(goal);
    return goal;
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

  Objective objective(String otherwise, Maker maker) {
    return switch (goal(otherwise)) {
      case L2 -> new L2(layer, channels.channels(), weight);
      case MEAN -> new Mean(layer, channels.channels(), weight);
      case NEURON -> new Neuron(layer, channels.ids().get(0), or(x), or(y), weight);
      case CLASS -> maker.classes(classes.shares(), weight);
      case GUIDE -> maker.guide(layer, guide, weight);
    };
  }

  private static double or(Double place) {
    return place == null ? MIDDLE : place;
  }
}
