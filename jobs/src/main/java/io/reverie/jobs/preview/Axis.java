package io.reverie.jobs.preview;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.Setting;
import io.reverie.jobs.terminal.Shortener;
import java.util.ArrayList;
import java.util.List;

/**
 * A key with the values to compare.
 *
 * @param values in YAML
 */
public record Axis(String key, List<String> values) {

  public Axis {
    values = List.copyOf(values);
  }

  /**
   * Parses {@code KEY=V1,V2,V3}; a comma inside brackets, braces or quotes belongs to a value.
   *
   * @throws UserException without a key, or with an empty value
   */
  public static Axis of(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw wrong(text);
    }
    List<String> values = values(text.substring(equals + 1));
    if (values.stream().anyMatch(String::isBlank)) {
      throw wrong(text);
    }
    return new Axis(text.substring(0, equals), values);
  }

  private static UserException wrong(String text) {
    return UserException.usage(
        "invalid --vary '%s'; expected KEY=VALUE,VALUE, such as step=1,2,3"
            .formatted(Shortener.name(text)));
  }

  private static List<String> values(String text) {
    List<String> values = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '[' || c == '{') {
        depth++;
      } else if (c == ']' || c == '}') {
        depth--;
      }
      if (c == ',' && depth == 0 && quote == 0) {
        values.add(value.toString().strip());
        value.setLength(0);
      } else {
        value.append(c);
      }
    }
    values.add(value.toString().strip());
    return values;
  }

  Setting at(String value) {
    return Setting.assignment(key + "=" + value);
  }

  String name(String value) {
    return key + " = " + value;
  }
}
