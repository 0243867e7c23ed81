package io.reverie.jobs.spec.rule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.reverie.jobs.error.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A value for each channel of a network's input, in its order.
 *
 * @param values three; none for {@code auto}
 */
public record InputChannels(List<Double> values) implements Serializable {

  private static final String AUTO = "auto";
  private static final int COLOURS = 3;

  public InputChannels {
    values = List.copyOf(values);
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static InputChannels of(JsonNode setting) {
    if (setting.isTextual() && setting.asText().equals(AUTO)) {
      return new InputChannels(List.of());
    }
    List<Double> values = new ArrayList<>();
    setting.forEach(each -> values.add(each.isNumber() ? each.asDouble() : Double.NaN));
    if (values.size() != COLOURS || values.stream().anyMatch(each -> !Double.isFinite(each))) {
      throw UserException.usage(
          "invalid preprocessing.mean or preprocessing.std %s; expected auto or three numbers such as [0.485, 0.456, 0.406]"
              .formatted(setting));
    }
    return new InputChannels(values);
  }

  @JsonValue
  Object json() {
    return isAuto() ? AUTO : values;
  }

  public boolean isAuto() {
    return values.isEmpty();
  }
}
