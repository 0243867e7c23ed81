package io.reverie.jobs.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.reverie.jobs.error.UserException;
import java.io.Serializable;
import java.util.OptionalInt;

/**
 * What is seen around a tile, as the user gives it: pixels, or {@code auto}, which the layers
 * decide.
 *
 * @param text as given
 */
public record HaloRule(@JsonValue String text) implements Serializable {

  public HaloRule {
    if (!text.matches("auto|\\d{1,5}")) {
      throw UserException.usage("halo is auto or pixels such as 64, not '%s'".formatted(text));
    }
  }

  /** From a setting, which may be text or a plain number. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static HaloRule of(JsonNode setting) {
    return new HaloRule(setting.asText());
  }

  OptionalInt pixels() {
    return text.equals("auto") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
  }
}
