package io.reverie.jobs.spec.rule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.reverie.jobs.error.UserException;
import io.reverie.video.VideoIndex;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Where shots begin: detected, or listed by the user.
 *
 * @param detected whether to detect cuts
 * @param times otherwise the start of each shot but the first, relative to the source's start
 */
public record CutRule(boolean detected, List<TimeRule> times) implements Serializable {

  public CutRule {
    times = List.copyOf(times);
  }

  /** Parses {@code auto}, or a list of times. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static CutRule of(JsonNode setting) {
    if (setting.isTextual() && setting.asText().equals("auto")) {
      return new CutRule(true, List.of());
    }
    if (!setting.isArray()) {
      throw UserException.usage(
          "invalid video.cuts '%s'; expected auto or a list of times such as [2.5, 00:01:30]"
              .formatted(setting.asText()));
    }
    List<TimeRule> times = new ArrayList<>();
    for (JsonNode each : setting) {
      TimeRule time = TimeRule.of(each);
      if (time.seconds().isEmpty()) {
        throw UserException.usage(
            "invalid time '%s' in video.cuts; expected seconds or hh:mm:ss"
                .formatted(each.asText()));
      }
      times.add(time);
    }
    return new CutRule(false, times);
  }

  @JsonValue
  Object setting() {
    return detected ? "auto" : times;
  }

  /** The times in a video's time base. */
  public List<Long> begins(VideoIndex index) {
    return times.stream().map(t -> index.at(t.seconds().orElseThrow())).toList();
  }
}
