package io.reverie.jobs.spec.rule;

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
 * The channels of a layer to amplify: a list of numbers from 0, or {@code all}, {@code strongest
 * N}, {@code weakest N}.
 *
 * @param ids empty if a word is given
 * @param word empty if numbers are given
 */
public record ChannelRule(List<Integer> ids, String word) implements Serializable {

  public static final ChannelRule ALL = new ChannelRule(List.of(), "all");

  private static final Pattern FORM = Pattern.compile("(strongest|weakest) +(\\d{1,6})");

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
    String word = setting.asText();
    if (!word.equals("all") && !FORM.matcher(word).matches()) {
      throw invalid(setting);
    }
    return new ChannelRule(List.of(), word);
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

  @JsonValue
  Object setting() {
    return word.isEmpty() ? ids : word;
  }

  public ChannelSelector selector() {
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
