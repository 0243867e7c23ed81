package io.reverie.jobs.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.reverie.core.objective.ChannelSelector;
import io.reverie.core.objective.Objective;
import io.reverie.core.objective.ObjectiveKind;
import io.reverie.core.objective.ObjectiveSettings;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.rule.ChannelRule;
import io.reverie.jobs.spec.rule.ClassRule;
import io.reverie.jobs.spec.rule.EnumNames;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

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
    given()
        .forEach(
            (key, value) -> {
              List<ObjectiveKind> kinds = ObjectiveKind.with(key);
              if (!kinds.contains(kind)) {
                throw UserException.usage(
                    "'%s: %s' requires the objective %s, not %s; remove it or change the objective"
                        .formatted(key, value, EnumNames.either(kinds), EnumNames.name(kind)));
              }
            });
  }

  /** The keys that the user sets and that only some kinds have, with their values. */
  private Map<String, Object> given() {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("class", classes == null ? null : classes.setting());
    given.put("guide", guide);
    given.put("x", x);
    given.put("y", y);
    given.put("channels", channels.equals(ChannelRule.ALL) ? null : channels.setting());
    given.put("layer", layer);
    given.values().removeIf(Objects::isNull);
    return given;
  }

  Optional<String> picture() {
    return Optional.ofNullable(guide);
  }

  /**
   * Creates the objective.
   *
   * @param logits makes the objective of the classes, which needs a network
   * @param features makes the objective of the guide, which needs a network
   */
  public Objective create(Supplier<Objective> logits, Supplier<Objective> features) {
    return objective.of(new Settings(this, logits, features));
  }

  /** Reports a setting that its objective needs and that is missing. */
  private record Settings(
      ObjectiveSpec spec, Supplier<Objective> logits, Supplier<Objective> features)
      implements ObjectiveSettings {

    @Override
    public String layer() {
      return spec.layer;
    }

    @Override
    public double weight() {
      return spec.weight;
    }

    @Override
    public ChannelSelector channels() {
      return spec.channels.selector();
    }

    @Override
    public int channel() {
      if (spec.channels.ids().size() != 1) {
        throw UserException.usage(
            "'objective: neuron' needs one channel, such as channels: [3], not %s"
                .formatted(spec.channels.setting()));
      }
      return spec.channels.ids().get(0);
    }

    @Override
    public double x() {
      return spec.x == null ? MIDDLE : spec.x;
    }

    @Override
    public double y() {
      return spec.y == null ? MIDDLE : spec.y;
    }

    @Override
    public Objective classes() {
      if (spec.classes == null) {
        throw UserException.usage("'objective: class' needs 'class: NAME'");
      }
      return logits.get();
    }

    @Override
    public Objective guide() {
      if (spec.guide == null) {
        throw UserException.usage("'objective: guide' needs 'guide: IMAGE'");
      }
      return features.get();
    }
  }
}
