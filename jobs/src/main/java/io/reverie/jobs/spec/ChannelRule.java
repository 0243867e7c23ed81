package io.reverie.jobs.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.reverie.core.objective.ChannelSelector;
import io.reverie.jobs.error.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which channels of a layer grow: a list of numbers from 0, or {@code all}, {@code strongest N},
 * {@code weakest N}.
 *
 * @param ids the list; empty if a word is given
 * @param word empty if a list is given
 */
public record ChannelRule(List<Integer> ids, String word) implements Serializable {

  static final ChannelRule ALL = new ChannelRule(List.of(), "all");

  private static final Pattern FORM = Pattern.compile("(strongest|weakest) +(\\d{1,6})");

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
    String word = setting.asText();
    if (!word.equals("all") && !FORM.matcher(word).matches()) {
      throw wrong(setting);
    }
    return new ChannelRule(List.of(), word);
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
    Matcher parts = FORM.matcher(word);
    if (parts.matches()) {
      int count = Integer.parseInt(parts.group(2));
      return parts.group(1).equals("strongest")
          ? new ChannelSelector.Strongest(count)
          : new ChannelSelector.Weakest(count);
    }
    return ids.isEmpty() ? ChannelSelector.all() : new ChannelSelector.Ids(ids);
  }
}
