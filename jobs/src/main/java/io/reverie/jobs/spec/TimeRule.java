package io.reverie.jobs.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.reverie.jobs.error.UserException;
import java.io.Serializable;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time of the source as the user gives it: seconds, {@code mm:ss} or {@code hh:mm:ss}, each with
 * decimals, or {@code auto}.
 *
 * @param text as given
 */
public record TimeRule(@JsonValue String text) implements Serializable {

  private static final Pattern FORM =
      Pattern.compile("(?:(?:(\\d{1,4}):)?(\\d{1,2}):)?(\\d{1,7}(?:\\.\\d{1,9})?)");

  public TimeRule {
    if (!text.equals("auto") && !FORM.matcher(text).matches()) {
      throw UserException.usage(
          "a time is in seconds or hh:mm:ss, such as 12.5 or 00:01:30, not '%s'".formatted(text));
    }
  }

  /** From a setting, which may be text or a plain number. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static TimeRule of(JsonNode setting) {
    return new TimeRule(setting.asText());
  }

  /** Seconds from the source's beginning. */
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
