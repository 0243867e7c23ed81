package io.reverie.jobs.spec.rule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.reverie.jobs.error.UserException;
import java.io.Serializable;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time in the source: seconds, {@code mm:ss} or {@code hh:mm:ss}, with optional decimals, or
 * {@code auto}.
 */
public record TimeRule(@JsonValue String text) implements Serializable {

  private static final Pattern FORM =
      Pattern.compile("(?:(?:(\\d{1,4}):)?(\\d{1,2}):)?(\\d{1,7}(?:\\.\\d{1,9})?)");

  private static final int SIXTY = 60;

  public TimeRule {
    if (!text.equals("auto") && !FORM.matcher(text).matches()) {
      throw UserException.usage(
          "invalid time '%s'; expected seconds or hh:mm:ss, such as 12.5 or 00:01:30"
              .formatted(text));
    }
    requireBelowSixty(text);
  }

  /**
   * Minutes below hours and seconds below minutes; 90 seconds are right, 1:90 is a typing error.
   */
  private static void requireBelowSixty(String text) {
    String[] parts = text.split(":", -1);
    for (int i = 1; i < parts.length; i++) {
      if (Double.parseDouble(parts[i]) >= SIXTY) {
        throw UserException.usage(
            "invalid time '%s'; %s after a colon must be below 60"
                .formatted(text, i == parts.length - 1 ? "seconds" : "minutes"));
      }
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static TimeRule of(JsonNode setting) {
    return new TimeRule(setting.asText());
  }

  /** Seconds since the source's start; empty for {@code auto}. */
  public OptionalDouble seconds() {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return OptionalDouble.empty();
    }
    double hours = parts.group(1) == null ? 0 : Integer.parseInt(parts.group(1));
    double minutes = parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2));
    return OptionalDouble.of(hours * 3600 + minutes * 60 + Double.parseDouble(parts.group(3)));
  }
}
