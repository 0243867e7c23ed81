package io.reverie.jobs.spec.curve;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.rule.EnumNames;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** A number that changes over time; allowed wherever a per-frame setting takes a number. */
public sealed interface Curve extends Serializable permits Keyframes, AudioCurve {

  /**
   * An extreme of the curve: if all extremes are valid values, the whole curve is.
   *
   * @param label for error messages
   * @param seconds in {@link Timeline#NOMINAL}
   */
  record Point(String label, double seconds, double value) {}

  /** Returns whether a setting is meant to follow the soundtrack. */
  static boolean isAudio(JsonNode setting) {
    return setting.isObject() && setting.has(AudioCurve.AUDIO);
  }

  static boolean isCurve(JsonNode setting) {
    return isAudio(setting) || Keyframes.isList(setting);
  }

  /**
   * Parses a setting for which {@link #isCurve} holds.
   *
   * @param key for error messages
   */
  static Curve of(String key, JsonNode setting) {
    return isAudio(setting) ? AudioCurve.of(key, setting) : Keyframes.of(key, setting);
  }

  /** Maps seconds since the source's start to values, which stay between the extremes. */
  DoubleUnaryOperator over(Timeline timeline);

  default boolean followsAudio() {
    return this instanceof AudioCurve;
  }

  /** The extremes of the curve, at least one; the first is its value at 0 s without sound. */
  List<Point> points();

  /** In the form that users write: maps and lists of strings and numbers. */
  Object setting();

  /** Drops the decimals of a whole number. */
  static Number number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15 ? (Number) (long) value : value;
  }

  static double number(String key, JsonNode settings, String name) {
    JsonNode value = settings.path(name);
    if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
      throw UserException.usage(
          "%s needs a number as its %s, not '%s'".formatted(key, name, value.asText()));
    }
    return value.asDouble();
  }

  static <E extends Enum<E>> E choice(String key, JsonNode settings, String name, Class<E> type) {
    String text = settings.path(name).asText();
    return EnumNames.find(type, text)
        .map(type::cast)
        .orElseThrow(
            () ->
                UserException.usage("%s: %s".formatted(key, EnumNames.invalid(name, type, text))));
  }

  static void requireKnown(String key, JsonNode settings, List<String> known) {
    for (Map.Entry<String, JsonNode> entry : settings.properties()) {
      if (!known.contains(entry.getKey())) {
        throw UserException.usage(
            "%s has an unknown key '%s'; expected %s"
                .formatted(key, entry.getKey(), String.join(", ", known)));
      }
    }
  }
}
