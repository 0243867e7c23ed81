package io.reverie.jobs.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.curve.Curve;
import io.reverie.jobs.spec.curve.Curve.Point;
import io.reverie.jobs.spec.curve.Timeline;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings of a spec that change over time. At each frame their values replace those in the
 * spec's records, which validate them.
 *
 * @param tracks one per scheduled setting
 */
public record Schedule(List<Track> tracks) implements Serializable {

  static final Schedule NONE = new Schedule(List.of());

  /** Keys, or groups of keys, that cannot change during a run. */
  private static final List<String[]> PER_RUN =
      Stream.of(
              "network",
              "weights",
              "preprocessing",
              "preset",
              "seed",
              "size",
              "dreamSize",
              "octaves.count",
              "octaves.scale",
              "noise",
              "video",
              "images",
              "zoom",
              "sync")
          .map(key -> key.split("\\."))
          .toList();

  /** Exceptions from {@link #PER_RUN}. */
  private static final Set<String> PER_FRAME =
      Set.of("video.persistence", "video.blend", "zoom.iterations");

  /** A setting and its curve. */
  record Track(SpecPath path, Curve curve) implements Serializable {

    String key() {
      return path.key();
    }
  }

  public Schedule {
    tracks = List.copyOf(tracks);
  }

  public boolean isEmpty() {
    return tracks.isEmpty();
  }

  public boolean contains(String key) {
    return tracks.stream().anyMatch(track -> track.key().equals(key));
  }

  /** The settings that follow the soundtrack. */
  public List<String> audioKeys() {
    return tracks.stream().filter(track -> track.curve().followsAudio()).map(Track::key).toList();
  }

  /**
   * Finds the curves in a tree of settings.
   *
   * @param defaults of all settings outside lists
   */
  static Schedule in(ObjectNode tree, ObjectNode defaults) {
    List<Track> found = new ArrayList<>();
    find(new SpecPath(List.of()), tree, defaults, found);
    return new Schedule(found);
  }

  private static void find(SpecPath path, JsonNode node, JsonNode defaults, List<Track> found) {
    if (Curve.isCurve(node)) {
      requireFree(path);
      if (!defaults.isMissingNode() && !defaults.isNumber()) {
        throw UserException.usage(path.key() + " is not a number and cannot change over time");
      }
      found.add(new Track(path, Curve.of(path.key(), node)));
    } else if (node.isObject()) {
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        String name = entry.getKey();
        find(path.then(name), entry.getValue(), defaults.path(name), found);
      }
    } else {
      for (int i = 0; i < node.size(); i++) {
        find(path.then(Integer.toString(i)), node.get(i), MissingNode.getInstance(), found);
      }
    }
  }

  private static void requireFree(SpecPath path) {
    boolean fixed = PER_RUN.stream().anyMatch(path::isBelow);
    if (fixed && !PER_FRAME.contains(path.key())) {
      throw UserException.usage(
          "%s cannot change over time; give it one value".formatted(path.key()));
    }
  }

  /** Replaces each scheduled setting by a value. */
  PipelineSpec at(PipelineSpec spec, ToDoubleFunction<Track> value) {
    PipelineSpec now = spec;
    for (Track track : tracks) {
      now = track.path().put(now, value.applyAsDouble(track));
    }
    return now;
  }

  /** Replaces each curve of a tree by its value at 0 s. */
  ObjectNode start(ObjectNode tree) {
    ObjectNode plain = tree.deepCopy();
    tracks.forEach(track -> set(plain, track, DoubleNode.valueOf(first(track))));
    return plain;
  }

  /** Writes the curves into a tree of settings. */
  void writeTo(ObjectNode tree) {
    tracks.forEach(track -> set(tree, track, SpecJson.tree(track.curve().setting())));
  }

  private static void set(ObjectNode tree, Track track, JsonNode value) {
    List<String> parts = track.path().parts();
    JsonNode parent = tree;
    for (String part : parts.subList(0, parts.size() - 1)) {
      parent = parent.isArray() ? parent.get(Integer.parseInt(part)) : parent.get(part);
    }
    String last = parts.get(parts.size() - 1);
    if (parent instanceof ArrayNode list) {
      list.set(Integer.parseInt(last), value);
    } else {
      ((ObjectNode) parent).set(last, value);
    }
  }

  /** The value at 0 s. */
  static double first(Track track) {
    return track.curve().points().get(0).value();
  }

  /**
   * Rejects a schedule that makes the spec invalid at some time.
   *
   * @param spec at any time
   */
  void require(PipelineSpec spec) {
    for (Track track : tracks) {
      for (Point point : track.curve().points()) {
        try {
          SpecJson.check(at(spec, other -> valueAt(point, track, other)));
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

  String keys() {
    return tracks.stream().map(Track::key).collect(Collectors.joining(", "));
  }
}
