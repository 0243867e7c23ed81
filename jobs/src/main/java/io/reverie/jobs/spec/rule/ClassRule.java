package io.reverie.jobs.spec.rule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.reverie.jobs.error.UserException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One class, or several with weights.
 *
 * @param shares weights by class name or number; a negative weight suppresses the class
 * @param mixed whether the user gave weights, rather than one name
 */
public record ClassRule(Map<String, Double> shares, boolean mixed) implements Serializable {

  public ClassRule {
    shares = new LinkedHashMap<>(shares);
    if (shares.isEmpty() || (!mixed && shares.size() > 1)) {
      throw new IllegalArgumentException("%d classes, mixed: %s".formatted(shares.size(), mixed));
    }
  }

  public static ClassRule of(String name) {
    return new ClassRule(Map.of(name, 1.0), false);
  }

  /** Parses {@code goldfish}, {@code 1}, or {@code {goldfish: 1, daisy: 0.5}}. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ClassRule of(JsonNode setting) {
    if (setting.isValueNode()) {
      return of(setting.asText());
    }
    Map<String, Double> shares = new LinkedHashMap<>();
    setting
        .properties()
        .forEach(
            entry -> {
              if (!entry.getValue().isNumber()) {
                throw invalid(setting);
              }
              shares.put(entry.getKey(), entry.getValue().asDouble());
            });
    if (shares.isEmpty()) {
      throw invalid(setting);
    }
    return new ClassRule(shares, true);
  }

  /** Replaces the weight of one class. */
  public ClassRule with(String name, double share) {
    Map<String, Double> changed = new LinkedHashMap<>(shares);
    changed.put(name, share);
    return new ClassRule(changed, true);
  }

  private static UserException invalid(JsonNode setting) {
    return UserException.usage(
        "invalid class '%s'; expected a name, a number, or weights such as {goldfish: 1, daisy: 0.5}"
            .formatted(setting));
  }

  /** Returns the setting as the user writes it. */
  @JsonValue
  public Object setting() {
    return mixed ? shares : shares.keySet().iterator().next();
  }
}
