package io.reverie.jobs.spec;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverie.jobs.error.UserException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** A setting that changes over time, given where a number may stand. */
sealed interface Curve extends Serializable permits Keyframes, SoundCurve {

  /**
   * A value that must be valid for the whole curve to be.
   *
   * @param label how the user knows it
   * @param seconds when, in a source of {@link Timeline#NOMINAL}
   */
  record Point(String label, double seconds, double value) {}

  /** Whether an object stands for a number that changes. */
  static boolean isSound(JsonNode setting) {
    return setting.isObject() && setting.has(SoundCurve.AUDIO);
  }

  /** Whether a setting stands for a number that changes. */
  static boolean isCurve(JsonNode setting) {
    return isSound(setting) || Keyframes.isList(setting);
  }

  /**
   * From a setting that {@link #isCurve is one}.
   *
   * @param key for messages
   */
  static Curve of(String key, JsonNode setting) {
    return isSound(setting) ? SoundCurve.of(key, setting) : Keyframes.of(key, setting);
  }

  /** The value by seconds from the source's beginning. */
  DoubleUnaryOperator over(Timeline timeline);

  /** The values that all others lie between, at least one. */
  List<Point> points();

  /** As the user gives it: maps and lists of words and numbers. */
  Object setting();

  /** A number as the user would write it. */
  static Number number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15 ? (Number) (long) value : value;
  }

  /** A number among the settings of a curve. */
  static double number(String key, JsonNode settings, String name) {
    JsonNode value = settings.path(name);
    if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
      throw UserException.usage(
          "%s needs a number as its %s, not '%s'".formatted(key, name, value.asText()));
    }
    return value.asDouble();
  }

  /** Refuses a word that means nothing here. */
  static void requireKnown(String key, JsonNode settings, List<String> known) {
    for (Map.Entry<String, JsonNode> entry : settings.properties()) {
      if (!known.contains(entry.getKey())) {
        throw UserException.usage(
            "%s has the unknown key '%s'; it takes %s"
                .formatted(key, entry.getKey(), String.join(", ", known)));
      }
    }
  }
}
