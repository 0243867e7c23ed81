package io.reverie.jobs.spec.rule;

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
 * The channels of a layer to amplify: a list of numbers from 0, or {@code all}, {@code strongest
 * N}, {@code weakest N}.
 *
 * @param ids empty if a word is given
 * @param word empty if numbers are given
 */
public record ChannelRule(List<Integer> ids, String word) implements Serializable {

  public static final ChannelRule ALL = new ChannelRule(List.of(), "all");

  public ChannelRule {
    ids = List.copyOf(ids);
  }

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
      rule.selector();
    } catch (DreamException e) {
      throw invalid(setting);
    }
    return rule;
  }

  private static int number(JsonNode id) {
    if (!id.isIntegralNumber() || !id.canConvertToInt() || id.asInt() < 0) {
      throw invalid(id);
    }
    return id.asInt();
  }

  private static UserException invalid(JsonNode setting) {
    return UserException.usage(
        "invalid channels '%s'; expected a list of numbers from 0, all, strongest N or weakest N"
            .formatted(setting.isValueNode() ? setting.asText() : setting));
  }

  /** Returns the setting as the user writes it. */
  @JsonValue
  public Object setting() {
    return word.isEmpty() ? ids : word;
  }

  public ChannelSelector selector() {
    return ids.isEmpty() ? ChannelSelector.parse(word) : new ChannelSelector.Ids(ids);
  }
}
