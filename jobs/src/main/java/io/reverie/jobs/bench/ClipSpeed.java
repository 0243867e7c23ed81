package io.reverie.jobs.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The speed of a carried video in a single task.
 *
 * @param secondsPerFrame of all stages
 * @param stages seconds per frame by stage
 * @param stepsPerFrame iterations per octave of an average frame
 * @param flicker see {@code docs/temporal.md}
 * @param strength mean change in grey levels
 */
public record ClipSpeed(
    ClipCase clip,
    int frames,
    double secondsPerFrame,
    Map<String, Double> stages,
    double stepsPerFrame,
    double flicker,
    double strength) {

  public ClipSpeed {
    stages = new LinkedHashMap<>(stages);
  }

  /** Reads what the video job has measured from the sidecar of its result. */
  static ClipSpeed of(ClipCase clip, JsonNode sidecar) {
    double seconds = sidecar.path("secondsPerFrame").asDouble();
    Map<String, Double> stages = new LinkedHashMap<>();
    sidecar
        .path("timeShares")
        .properties()
        .forEach(share -> stages.put(share.getKey(), share.getValue().asDouble() * seconds));
    int frames = sidecar.path("frames").asInt();
    return new ClipSpeed(
        clip,
        frames,
        seconds,
        stages,
        mean(sidecar, "iterations", frames),
        mean(sidecar, "flicker", frames),
        mean(sidecar, "strength", frames));
  }

  /** The mean over all frames of what each shot reports. */
  private static double mean(JsonNode sidecar, String measure, int frames) {
    double sum = 0;
    for (JsonNode shot : sidecar.path("shots")) {
      sum += shot.path(measure).asDouble() * shot.path("frames").asInt();
    }
    return sum / frames;
  }
}
