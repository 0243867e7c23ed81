package io.reverie.jobs.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** The settings that are applied after the dream: a kept dream serves all their values. */
public final class AfterDream {

  /** Blends the dream into the source. At 0 nothing is dreamed, so it must be above 0. */
  static final String STRENGTH = "strength";

  /** Every such key; a key that begins with one of these and a dot belongs to it. */
  static final Set<String> KEYS =
      Set.of(
          STRENGTH,
          "video.codec",
          "video.quality",
          "video.bitrate",
          "video.pixelFormat",
          "images",
          // A name for settings that count one by one.
          "preset",
          // When and how often sync retries.
          "sync");

  private AfterDream() {}

  /** Returns whether a key, such as {@code video.codec}, never changes the dream. */
  public static boolean contains(String key) {
    return !key.equals(STRENGTH)
        && KEYS.stream().anyMatch(each -> key.equals(each) || key.startsWith(each + "."));
  }

  /** Returns whether every frame is dreamed, which none is where the strength is 0. */
  static boolean isDreamedThroughout(PipelineSpec spec) {
    return spec.strength() > 0
        && spec.schedule().tracks().stream()
            .filter(track -> track.key().equals(STRENGTH))
            .flatMap(track -> track.curve().points().stream())
            .allMatch(point -> point.value() > 0);
  }

  /** Removes from a tree of settings those that do not change the dream. */
  static void removeFrom(ObjectNode tree, PipelineSpec spec) {
    for (String key : KEYS) {
      int dot = key.indexOf('.');
      if (dot > 0) {
        ((ObjectNode) tree.path(key.substring(0, dot))).remove(key.substring(dot + 1));
      } else if (!key.equals(STRENGTH) || isDreamedThroughout(spec)) {
        tree.remove(key);
      }
    }
  }
}
