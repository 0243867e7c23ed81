package io.reverie.jobs.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.reverie.jobs.error.UserException;
import io.reverie.video.VideoIndex;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Where shots begin: found by looking, or as the user says.
 *
 * @param found whether they are looked for
 * @param times else the beginning of each shot but the first, from the source's beginning
 */
public record CutRule(boolean found, List<TimeRule> times) implements Serializable {

  public CutRule {
    times = List.copyOf(times);
  }

  /** From a setting: {@code auto}, or a list of times. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static CutRule of(JsonNode setting) {
    if (setting.isTextual() && setting.asText().equals("auto")) {
      return new CutRule(true, List.of());
    }
    if (!setting.isArray()) {
      throw UserException.usage(
          "video.cuts is auto or a list of times, such as [2.5, 00:01:30], not '%s'"
              .formatted(setting.asText()));
    }
    List<TimeRule> times = new ArrayList<>();
    for (JsonNode each : setting) {
      TimeRule time = TimeRule.of(each);
      if (time.seconds().isEmpty()) {
        throw UserException.usage("video.cuts holds times, not '%s'".formatted(each.asText()));
      }
      times.add(time);
    }
    return new CutRule(false, times);
  }

  @JsonValue
  Object setting() {
    return found ? "auto" : times;
  }

  /** The times, in a video's own unit. */
  public List<Long> begins(VideoIndex index) {
    return times.stream().map(t -> index.at(t.seconds().orElseThrow())).toList();
  }
}
