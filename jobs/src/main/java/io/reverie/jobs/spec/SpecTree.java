package io.reverie.jobs.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.jobs.error.UserException;
import java.util.List;
import java.util.Map;

/** A complete tree of settings: the defaults with overlays merged over them. */
final class SpecTree {

  private final ObjectNode tree;

  private SpecTree(ObjectNode tree) {
    this.tree = tree;
  }

  /**
   * Merges all settings.
   *
   * @param overlays in ascending order of precedence
   */
  static SpecTree merged(List<Overlay> overlays) {
    ObjectNode tree = ReferenceSettings.tree().deepCopy();
    overlays.forEach(overlay -> merge(overlay.tree(), tree, ReferenceSettings.tree()));
    return new SpecTree(tree);
  }

  /** Merges overlays without the defaults: what they set, and nothing else. */
  static ObjectNode settings(List<Overlay> overlays) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    overlays.forEach(overlay -> merge(overlay.tree(), tree, ReferenceSettings.tree()));
    return tree;
  }

  private static void merge(ObjectNode overlay, ObjectNode target, ObjectNode reference) {
    for (Map.Entry<String, JsonNode> entry : overlay.properties()) {
      String key = entry.getKey();
      if (reference.get(key) instanceof ObjectNode group) {
        ObjectNode own = target.has(key) ? (ObjectNode) target.get(key) : target.putObject(key);
        merge((ObjectNode) entry.getValue(), own, group);
      } else {
        target.set(key, entry.getValue().deepCopy());
      }
    }
  }

  /** Sets the layer of each objective that names none. */
  SpecTree withDefaultLayer(String layer) {
    ObjectNode named = tree.deepCopy();
    if (named.get("layers").isEmpty()) {
      named.putArray("layers").addObject();
    }
    named.get("layers").forEach(term -> name(term, layer));
    named.get("octaves").get("each").forEach(e -> e.path("layers").forEach(t -> name(t, layer)));
    return new SpecTree(named);
  }

  /** The layer of a class objective follows from the network. */
  private void name(JsonNode term, String layer) {
    String objective = term.path("objective").asText(tree.get("objective").asText());
    if (term instanceof ObjectNode fields && !term.has("layer") && !objective.equals("class")) {
      fields.put("layer", layer);
    }
  }

  /** Reads the tree as a spec; a value of the wrong type is the user's error. */
  PipelineSpec toSpec() {
    Schedule schedule = Schedule.in(tree, ReferenceSettings.tree());
    if (schedule.isEmpty()) {
      return SpecJson.read(tree, schedule);
    }
    PipelineSpec spec = schedule.at(start(schedule), Schedule::first);
    schedule.require(spec);
    return spec;
  }

  private PipelineSpec start(Schedule schedule) {
    try {
      return SpecJson.readTruncated(schedule.start(tree), schedule);
    } catch (UserException e) {
      throw UserException.usage(
          "at the start of %s: %s".formatted(schedule.keys(), e.getMessage()), e);
    }
  }
}
