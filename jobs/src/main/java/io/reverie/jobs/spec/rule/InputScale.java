package io.reverie.jobs.spec.rule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.reverie.jobs.error.UserException;
import java.io.Serializable;
import java.util.OptionalDouble;

/** By what a network's input of 0..255 is multiplied: a positive number, or {@code auto}. */
public record InputScale(@JsonValue String text) implements Serializable {

  private static final String AUTO = "auto";

  public InputScale {
    if (!text.equals(AUTO) && !(number(text) > 0)) {
      throw UserException.usage(
          "invalid preprocessing.scale '%s'; expected auto or a positive number such as 0.0039216"
              .formatted(text));
    }
  }

  private static double number(String text) {
    try {
      double number = Double.parseDouble(text);
      return Double.isInfinite(number) ? Double.NaN : number;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static InputScale of(JsonNode setting) {
    return new InputScale(setting.asText());
  }

  /** Empty for {@code auto}. */
  public OptionalDouble factor() {
    return text.equals(AUTO) ? OptionalDouble.empty() : OptionalDouble.of(number(text));
  }
}
