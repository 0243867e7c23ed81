package io.reverie.jobs.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.reverie.jobs.error.UserException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Classes by name or number: one, or several with their shares.
 *
 * @param shares by name or number; below 0 a class is avoided
 * @param mixed whether shares were given, and not one name alone
 */
public record ClassRule(Map<String, Double> shares, boolean mixed) implements Serializable {

  public ClassRule {
    shares = new LinkedHashMap<>(shares);
  }

  /** From a setting: {@code goldfish}, {@code 1}, or {@code {goldfish: 1, daisy: 0.5}}. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ClassRule of(JsonNode setting) {
    if (setting.isValueNode()) {
      return new ClassRule(Map.of(setting.asText(), 1.0), false);
    }
    Map<String, Double> shares = new LinkedHashMap<>();
    setting
        .properties()
        .forEach(
            entry -> {
              if (!entry.getValue().isNumber()) {
                throw wrong(setting);
              }
              shares.put(entry.getKey(), entry.getValue().asDouble());
            });
    if (shares.isEmpty()) {
      throw wrong(setting);
    }
    return new ClassRule(shares, true);
  }

  /** The rule with another share of one class. */
  ClassRule with(String name, double share) {
    Map<String, Double> changed = new LinkedHashMap<>(shares);
    changed.put(name, share);
    return new ClassRule(changed, true);
  }

  private static UserException wrong(JsonNode setting) {
    return UserException.usage(
        "class is a name, a number, or shares such as {goldfish: 1, daisy: 0.5}, not '%s'"
            .formatted(setting));
  }

  @JsonValue
  Object setting() {
    return mixed ? shares : shares.keySet().iterator().next();
  }
}
