package io.reverie.jobs.spec;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.jobs.UserException;
import io.reverie.jobs.spec.Curve.Point;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The settings of a spec that change over time. It knows no single key: at any moment its values
 * are put into the tree of settings, which is read and checked as any other.
 *
 * @param tracks one for each such setting
 */
public record Schedule(List<Track> tracks) implements Serializable {

  /** Nothing changes. */
  static final Schedule NONE = new Schedule(List.of());

  /** What holds for a whole run, with all that is below it. */
  private static final List<String> PER_RUN =
      List.of(
          "/network",
          "/weights",
          "/preset",
          "/seed",
          "/size",
          "/dreamSize",
          "/octaves/count",
          "/octaves/scale",
          "/noise",
          "/video",
          "/images",
          "/zoom",
          "/sync");

  private static final List<String> PER_FRAME =
      List.of("/video/carry", "/video/blend", "/zoom/iterations");

  /**
   * A setting that changes.
   *
   * @param place in the tree of settings, a JSON pointer
   * @param whole whether only whole numbers are taken, and others rounded
   */
  record Track(String place, Curve curve, boolean whole) implements Serializable {

    /** As the user writes it. */
    String key() {
      return Schedule.key(place);
    }

    private JsonNode node(double value) {
      return whole ? LongNode.valueOf(Math.round(value)) : DoubleNode.valueOf(value);
    }
  }

  private static String key(String place) {
    return place.replaceAll("/(\\d+)", "[$1]").replace('/', '.').substring(1);
  }

  public Schedule {
    tracks = List.copyOf(tracks);
  }

  public boolean isEmpty() {
    return tracks.isEmpty();
  }

  /** Whether a setting changes. */
  public boolean changes(String key) {
    return tracks.stream().anyMatch(track -> track.key().equals(key));
  }

  /** The keys of the settings that follow the sound. */
  public List<String> heard() {
    return tracks.stream()
        .filter(track -> track.curve() instanceof SoundCurve)
        .map(Track::key)
        .toList();
  }

  /**
   * Finds what changes in a tree of settings.
   *
   * @param defaults of all settings that are no parts of lists
   */
  static Schedule in(ObjectNode tree, ObjectNode defaults) {
    List<Track> found = new ArrayList<>();
    find("", tree, defaults, found);
    return new Schedule(found);
  }

  private static void find(String place, JsonNode node, ObjectNode defaults, List<Track> found) {
    if (Curve.isCurve(node)) {
      requireFree(place);
      JsonNode own = defaults.at(place);
      requireNumber(place, own.isMissingNode() || own.isNumber());
      found.add(new Track(place, Curve.of(key(place), node), false));
    } else if (node.isObject()) {
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        String name = entry.getKey().replace("~", "~0").replace("/", "~1");
        find(place + "/" + name, entry.getValue(), defaults, found);
      }
    } else {
      for (int i = 0; i < node.size(); i++) {
        find(place + "/" + i, node.get(i), defaults, found);
      }
    }
  }

  private static void requireNumber(String place, boolean number) {
    if (!number) {
      throw UserException.usage(
          "%s is not a number and cannot change over time".formatted(key(place)));
    }
  }

  private static void requireFree(String place) {
    boolean fixed = PER_RUN.stream().anyMatch(p -> isAtOrBelow(place, p));
    if (fixed && !PER_FRAME.contains(place)) {
      throw UserException.usage(
          "%s holds for a whole run and cannot change over time; give it one value"
              .formatted(key(place)));
    }
  }

  private static boolean isAtOrBelow(String place, String other) {
    return place.equals(other) || place.startsWith(other + "/");
  }

  /**
   * The same with what is known of the numbers once they are read.
   *
   * @param settings of a spec
   */
  Schedule typed(ObjectNode settings) {
    List<Track> typed = new ArrayList<>();
    for (Track track : tracks) {
      JsonNode value = settings.at(track.place());
      requireNumber(track.place(), value.isNumber());
      typed.add(new Track(track.place(), track.curve(), value.isIntegralNumber()));
    }
    return new Schedule(typed);
  }

  /** Puts numbers to their places in a tree of settings, which is changed. */
  ObjectNode put(ObjectNode tree, ToDoubleFunction<Track> value) {
    tracks.forEach(track -> set(tree, track, track.node(value.applyAsDouble(track))));
    return tree;
  }

  /** Puts the curves to their places in a tree of settings, which is changed. */
  void describe(ObjectNode tree) {
    tracks.forEach(track -> set(tree, track, SpecJson.tree(track.curve().setting())));
  }

  private static void set(ObjectNode tree, Track track, JsonNode value) {
    JsonPointer place = JsonPointer.compile(track.place());
    JsonNode parent = tree.at(place.head());
    if (parent instanceof ArrayNode list) {
      list.set(place.last().getMatchingIndex(), value);
    } else {
      ((ObjectNode) parent).set(place.last().getMatchingProperty(), value);
    }
  }

  /** The value at 0 s. */
  static double first(Track track) {
    return track.curve().points().get(0).value();
  }

  /**
   * Refuses a schedule that leads to a spec which is not valid.
   *
   * @param settings of the spec, without the schedule
   */
  void require(ObjectNode settings) {
    for (Track track : tracks) {
      for (Point point : track.curve().points()) {
        try {
          SpecJson.read(put(settings.deepCopy(), other -> valueAt(point, track, other)), NONE);
        } catch (UserException e) {
          throw UserException.usage(
              "%s, %s: %s".formatted(track.key(), point.label(), e.getMessage()), e);
        }
      }
    }
  }

  private static double valueAt(Point point, Track own, Track track) {
    return track.equals(own)
        ? point.value()
        : track.curve().over(Timeline.NOMINAL).applyAsDouble(point.seconds());
  }

  /** For messages. */
  String keys() {
    return tracks.stream().map(Track::key).collect(Collectors.joining(", "));
  }
}
