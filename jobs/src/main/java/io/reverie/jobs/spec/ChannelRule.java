package io.reverie.jobs.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.reverie.core.DreamException;
import io.reverie.core.objective.ChannelSelector;
import io.reverie.jobs.error.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Which channels of a layer grow: a list of numbers from 0, or {@code all}, {@code strongest N},
 * {@code weakest N}.
 *
 * @param ids the list; empty if a word is given
 * @param word empty if a list is given
 */
public record ChannelRule(List<Integer> ids, String word) implements Serializable {

  static final ChannelRule ALL = new ChannelRule(List.of(), "all");

  public ChannelRule {
    ids = List.copyOf(ids);
  }

  /** From a setting. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ChannelRule of(JsonNode setting) {
    if (setting.isArray()) {
      List<Integer> ids = new ArrayList<>();
      setting.forEach(id -> ids.add(number(id)));
      return ids.isEmpty() ? ALL : new ChannelRule(ids, "");
    }
    if (setting.isIntegralNumber()) {
      return new ChannelRule(List.of(number(setting)), "");
    }
    ChannelRule rule = new ChannelRule(List.of(), setting.asText());
    try {
      rule.channels();
    } catch (DreamException e) {
      throw wrong(setting);
    }
    return rule;
  }

  private static int number(JsonNode id) {
    if (!id.isIntegralNumber() || !id.canConvertToInt() || id.asInt() < 0) {
      throw wrong(id);
    }
    return id.asInt();
  }

  private static UserException wrong(JsonNode setting) {
    return UserException.usage(
        "channels are a list of numbers from 0, all, strongest N or weakest N, not '%s'"
            .formatted(setting.isValueNode() ? setting.asText() : setting));
  }

  @JsonValue
  Object setting() {
    return word.isEmpty() ? ids : word;
  }

  ChannelSelector channels() {
    return ids.isEmpty() ? ChannelSelector.parse(word) : new ChannelSelector.Ids(ids);
  }
}
