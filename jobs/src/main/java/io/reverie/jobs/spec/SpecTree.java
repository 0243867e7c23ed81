package io.reverie.jobs.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.terminal.Shortened;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** A tree of settings, laid over another; only keys of {@code reference.yaml} are taken. */
final class SpecTree {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final ObjectNode REFERENCE = reference();

  private final ObjectNode tree;

  private SpecTree(ObjectNode tree) {
    this.tree = tree;
  }

  /** The defaults. */
  static SpecTree defaults() {
    return new SpecTree(REFERENCE.deepCopy());
  }

  /**
   * Lays a YAML text over this tree.
   *
   * @param origin what to call it in messages
   */
  SpecTree with(String yaml, String origin) {
    return with(UserTree.ofYaml(yaml, origin), origin);
  }

  /** Lays settings over this tree. */
  SpecTree with(Map<String, Object> settings, String origin) {
    JsonNode overlay = YAML.valueToTree(settings);
    return with(overlay, origin);
  }

  /** Lays one {@code a.b=value} over this tree; the value is YAML. */
  SpecTree withAssignment(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw UserException.usage(
          "--set wants KEY=VALUE, such as octaves.count=3, not '%s'"
              .formatted(Shortened.name(assignment)));
    }
    String key = assignment.substring(0, equals);
    ObjectNode overlay = YAML.createObjectNode();
    ObjectNode parent = overlay;
    String[] parts = key.split("\\.", -1);
    for (int i = 0; i < parts.length - 1; i++) {
      parent = parent.putObject(parts[i]);
    }
    parent.set(parts[parts.length - 1], value(assignment.substring(equals + 1), key));
    return with(overlay, "--set " + Shortened.name(key));
  }

  private static JsonNode value(String text, String key) {
    JsonNode node =
        UserTree.ofYaml(
            text, "--set %s: '%s'".formatted(Shortened.name(key), Shortened.name(text)));
    return node.isMissingNode() ? YAML.getNodeFactory().textNode(text) : node;
  }

  private SpecTree with(JsonNode overlay, String origin) {
    if (overlay.isMissingNode() || overlay.isNull()) {
      return this;
    }
    if (!overlay.isObject()) {
      throw UserException.usage("%s must hold KEY: VALUE lines".formatted(origin));
    }
    ObjectNode merged = tree.deepCopy();
    merge(merged, (ObjectNode) overlay, REFERENCE, "", origin);
    return new SpecTree(merged);
  }

  private static void merge(
      ObjectNode target, ObjectNode overlay, ObjectNode reference, String prefix, String origin) {
    for (Map.Entry<String, JsonNode> entry : overlay.properties()) {
      String key = entry.getKey();
      JsonNode known = reference.get(key);
      if (known == null) {
        throw unknownKey(prefix + key, origin);
      }
      requireForm(known, entry.getValue(), origin + ": " + prefix + key);
      if (known.isObject()) {
        ObjectNode below = (ObjectNode) target.get(key);
        merge(below, (ObjectNode) entry.getValue(), (ObjectNode) known, prefix + key + ".", origin);
      } else {
        target.set(key, entry.getValue());
      }
    }
  }

  private static void requireForm(JsonNode known, JsonNode value, String key) {
    if (known.isObject() ? value.isNull() : hasNothing(value)) {
      throw UserException.usage(key + " has an empty value; give one, or leave the key out");
    }
    boolean changes = !known.isObject() && Curve.isSound(value);
    if (!changes && known.isObject() != value.isObject()) {
      throw UserException.usage(
          "%s must be %s".formatted(key, known.isObject() ? "a group of keys" : "a value"));
    }
    if (known.isArray() && !value.isArray()) {
      throw UserException.usage(
          "%s must be a list in brackets, not '%s'".formatted(key, Shortened.name(value.asText())));
    }
  }

  /** Nothing at all, or somewhere in a list. */
  private static boolean hasNothing(JsonNode value) {
    return value.isNull()
        || (value.isTextual() && value.asText().isBlank())
        || StreamSupport.stream(value.spliterator(), false).anyMatch(SpecTree::hasNothing);
  }

  private static UserException unknownKey(String key, String origin) {
    return UserException.usage(origin + ": " + ValueErrors.unknownKey(key, keys(REFERENCE, "")));
  }

  private static List<String> keys(ObjectNode node, String prefix) {
    List<String> keys = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      keys.add(prefix + entry.getKey());
      if (entry.getValue().isObject()) {
        keys.addAll(keys((ObjectNode) entry.getValue(), prefix + entry.getKey() + "."));
      }
    }
    return keys;
  }

  /** The value of a key at the top, as text. */
  String text(String key) {
    return tree.get(key).asText();
  }

  /** With the layer that a network is dreamed at, where none is named. */
  SpecTree withDefaultLayer(String layer) {
    ObjectNode named = tree.deepCopy();
    if (named.get("layers").isEmpty()) {
      named.putArray("layers").addObject();
    }
    named.get("layers").forEach(term -> name(term, layer));
    named.get("octaves").get("each").forEach(e -> e.path("layers").forEach(t -> name(t, layer)));
    return new SpecTree(named);
  }

  /** Classes have a layer of their own. */
  private void name(JsonNode term, String layer) {
    String objective = term.path("objective").asText(tree.get("objective").asText());
    if (term instanceof ObjectNode fields && !term.has("layer") && !objective.equals("class")) {
      fields.put("layer", layer);
    }
  }

  /** Reads the tree as a spec; a value of the wrong type is the user's error. */
  PipelineSpec toSpec() {
    Schedule found = Schedule.in(tree, REFERENCE);
    if (found.isEmpty()) {
      return SpecJson.read(tree, found);
    }
    PipelineSpec spec = found.at(beginning(found), Schedule::first);
    found.require(spec);
    return spec;
  }

  private PipelineSpec beginning(Schedule schedule) {
    try {
      return SpecJson.readCut(schedule.beginning(tree), schedule);
    } catch (UserException e) {
      throw UserException.usage(
          "at the beginning of %s: %s".formatted(schedule.keys(), e.getMessage()), e);
    }
  }

  private static ObjectNode reference() {
    try (InputStream in = SpecTree.class.getResourceAsStream("reference.yaml")) {
      return (ObjectNode) YAML.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
