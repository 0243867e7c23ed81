package io.reverie.jobs.spec.curve;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.rule.EnumNames;
import io.reverie.jobs.spec.rule.TimeRule;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * Values at given times, interpolated in between and constant before the first and after the last.
 *
 * @param unit of all keyframes
 * @param all ascending, at least one
 */
record Keyframes(Unit unit, List<Keyframe> all) implements Curve {

  private static final String VALUE = "value";
  private static final String EASING = "easing";

  enum Unit {
    /** Seconds since the source's start. */
    TIME,
    /** The source's frames, counted from 0. */
    FRAME;

    private String word() {
      return this == TIME ? "time" : "frame";
    }
  }

  /**
   * One keyframe.
   *
   * @param at in the list's unit
   * @param easing from the previous keyframe
   */
  record Keyframe(double at, double value, Easing easing) implements Serializable {}

  Keyframes {
    all = List.copyOf(all);
  }

  /** Returns whether a setting is meant to be a list of keyframes. */
  static boolean isList(JsonNode setting) {
    if (!setting.isArray()) {
      return false;
    }
    for (JsonNode each : setting) {
      if (each.has(VALUE) || each.has(Unit.TIME.word()) || each.has(Unit.FRAME.word())) {
        return true;
      }
    }
    return false;
  }

  static Keyframes of(String key, JsonNode list) {
    Unit unit = list.get(0).has(Unit.FRAME.word()) ? Unit.FRAME : Unit.TIME;
    List<Keyframe> all = new ArrayList<>();
    for (JsonNode each : list) {
      String name = "%s, keyframe %d".formatted(key, all.size() + 1);
      Keyframe keyframe = keyframe(name, unit, each);
      if (!all.isEmpty() && keyframe.at() <= all.get(all.size() - 1).at()) {
        throw UserException.usage(name + " must be later than the previous one");
      }
      all.add(keyframe);
    }
    return new Keyframes(unit, all);
  }

  private static Keyframe keyframe(String name, Unit unit, JsonNode setting) {
    if (!setting.has(unit.word())) {
      throw UserException.usage(
          "%s needs a %s, such as {%s: 4, value: 2}; a list uses either times or frames"
              .formatted(name, unit.word(), unit.word()));
    }
    Curve.requireKnown(name, setting, List.of(unit.word(), VALUE, EASING));
    Easing easing =
        setting.has(EASING) ? Curve.choice(name, setting, EASING, Easing.class) : Easing.LINEAR;
    return new Keyframe(at(name, unit, setting), Curve.number(name, setting, VALUE), easing);
  }

  private static double at(String name, Unit unit, JsonNode setting) {
    if (unit == Unit.TIME) {
      return time(name, setting.get(unit.word()));
    }
    JsonNode frame = setting.get(unit.word());
    if (!frame.isIntegralNumber() || frame.asLong() < 0) {
      throw UserException.usage(
          "%s: invalid frame '%s'; expected a whole number from 0".formatted(name, frame.asText()));
    }
    return frame.asDouble();
  }

  private static double time(String name, JsonNode setting) {
    try {
      return TimeRule.of(setting)
          .seconds()
          .orElseThrow(() -> UserException.usage("a keyframe needs a time, not 'auto'"));
    } catch (UserException e) {
      throw UserException.usage("%s: %s".formatted(name, e.getMessage()), e);
    }
  }

  @Override
  public DoubleUnaryOperator over(Timeline timeline) {
    double[] times = all.stream().mapToDouble(k -> seconds(k, timeline)).toArray();
    return seconds -> value(times, seconds);
  }

  private double seconds(Keyframe keyframe, Timeline timeline) {
    return unit == Unit.TIME ? keyframe.at() : timeline.frame(Math.round(keyframe.at()));
  }

  private double value(double[] times, double seconds) {
    int next = 0;
    while (next < times.length && times[next] <= seconds) {
      next++;
    }
    double before = all.get(Math.max(0, next - 1)).value();
    if (next == 0 || next == times.length) {
      return before;
    }
    double u = (seconds - times[next - 1]) / (times[next] - times[next - 1]);
    Keyframe to = all.get(next);
    return before + to.easing().of(u) * (to.value() - before);
  }

  @Override
  public List<Point> points() {
    List<Point> points = new ArrayList<>();
    for (Keyframe each : all) {
      String label = "keyframe " + (points.size() + 1);
      points.add(new Point(label, seconds(each, Timeline.NOMINAL), each.value()));
    }
    return points;
  }

  @Override
  public List<Map<String, Object>> setting() {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Keyframe each : all) {
      Map<String, Object> settings = new LinkedHashMap<>();
      settings.put(unit.word(), Curve.number(each.at()));
      settings.put(VALUE, Curve.number(each.value()));
      settings.put(EASING, EnumNames.name(each.easing()));
      list.add(settings);
    }
    return list;
  }
}
