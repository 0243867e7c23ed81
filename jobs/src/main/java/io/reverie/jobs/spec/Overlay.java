package io.reverie.jobs.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.curve.Curve;
import io.reverie.jobs.terminal.Shortener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Settings from one source, to be merged over the defaults. All keys are known, and groups are
 * groups; the types of single values are not checked yet.
 *
 * @param origin for error messages
 */
public record Overlay(ObjectNode tree, String origin) {

  public Overlay {
    check(tree, ReferenceSettings.tree(), "", origin);
  }

  /**
   * Parses settings in YAML.
   *
   * @param origin for error messages
   */
  public static Overlay ofYaml(String yaml, String origin) {
    return of(UserTree.ofYaml(yaml, origin), origin);
  }

  public static Overlay ofFile(Path file) {
    return ofYaml(TextFile.read(file), file.toString());
  }

  /** Parses {@code KEY=VALUE}, whose value is YAML. */
  public static Overlay ofAssignment(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw UserException.usage(
          "invalid --set '%s'; expected KEY=VALUE, such as octaves.count=3"
              .formatted(Shortener.name(assignment)));
    }
    String key = assignment.substring(0, equals);
    return ofText(key, assignment.substring(equals + 1), "--set " + Shortener.name(key));
  }

  /**
   * Sets one key.
   *
   * @param text the value, in YAML
   * @param origin for error messages
   */
  public static Overlay ofText(String key, String text, String origin) {
    return of(key, parsed(text, origin), origin);
  }

  /**
   * Joins settings that exclude each other.
   *
   * @param origin for error messages
   * @throws UserException for a key that two of them set
   */
  public static Overlay ofAll(List<Overlay> parts, String origin) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    parts.forEach(part -> add(part.tree, all, ReferenceSettings.tree(), "", origin));
    return new Overlay(all, origin);
  }

  private static void add(
      ObjectNode part, ObjectNode all, ObjectNode reference, String prefix, String origin) {
    for (Map.Entry<String, JsonNode> entry : part.properties()) {
      String key = entry.getKey();
      if (!all.has(key)) {
        all.set(key, entry.getValue().deepCopy());
      } else if (reference.get(key) instanceof ObjectNode group) {
        add(
            (ObjectNode) entry.getValue(),
            (ObjectNode) all.get(key),
            group,
            prefix + key + ".",
            origin);
      } else {
        throw UserException.usage(
            "%s: the key %s is set twice; keep one".formatted(origin, prefix + key));
      }
    }
  }

  /**
   * Takes one value from a command-line option.
   *
   * @param key of the spec; where its default is a number, the text is YAML, else it is the value
   */
  public static Overlay ofOption(String option, String key, String text) {
    boolean number = ReferenceSettings.defaultOf(key).isNumber();
    return of(key, number ? parsed(text, option) : text(text), option);
  }

  /**
   * Sets one key.
   *
   * @param origin for error messages
   */
  public static Overlay of(String key, JsonNode value, String origin) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    ObjectNode group = tree;
    String[] parts = key.split("\\.", -1);
    for (int i = 0; i < parts.length - 1; i++) {
      group = group.putObject(parts[i]);
    }
    group.set(parts[parts.length - 1], value);
    return new Overlay(tree, origin);
  }

  /** Amplifies one layer, and nothing else. */
  public static Overlay ofLayer(String name, String origin) {
    ArrayNode terms = JsonNodeFactory.instance.arrayNode();
    terms.addObject().put("layer", name);
    return of("layers", terms, origin);
  }

  /** A document without content changes nothing. */
  static Overlay of(JsonNode document, String origin) {
    if (document.isMissingNode() || document.isNull()) {
      return new Overlay(JsonNodeFactory.instance.objectNode(), origin);
    }
    if (document instanceof ObjectNode tree) {
      return new Overlay(tree, origin);
    }
    throw UserException.usage("%s must consist of KEY: VALUE lines".formatted(origin));
  }

  private static JsonNode parsed(String text, String origin) {
    JsonNode value = UserTree.ofYaml(text, "%s: '%s'".formatted(origin, Shortener.name(text)));
    return value.isMissingNode() ? text(text) : value;
  }

  private static JsonNode text(String text) {
    return JsonNodeFactory.instance.textNode(text);
  }

  private static void check(ObjectNode tree, ObjectNode reference, String prefix, String origin) {
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      String key = prefix + entry.getKey();
      JsonNode known = reference.path(entry.getKey());
      if (known.isMissingNode()) {
        throw UserException.usage(
            origin + ": " + ValueErrors.unknownKey(key, ReferenceSettings.keys()));
      }
      requireForm(known, entry.getValue(), origin + ": " + key);
      if (known instanceof ObjectNode group) {
        check((ObjectNode) entry.getValue(), group, key + ".", origin);
      }
    }
  }

  private static void requireForm(JsonNode known, JsonNode value, String key) {
    if (known.isObject() ? value.isNull() : isEmpty(value)) {
      throw UserException.usage(key + " has an empty value; give one, or omit the key");
    }
    boolean curve = !known.isObject() && Curve.isAudio(value);
    if (!curve && known.isObject() != value.isObject()) {
      throw UserException.usage(
          "%s must be %s".formatted(key, known.isObject() ? "a group of keys" : "a single value"));
    }
    if (known.isArray() && !value.isArray()) {
      throw UserException.usage(
          "%s must be a list in brackets, not '%s'".formatted(key, Shortener.name(value.asText())));
    }
  }

  /** Returns whether a value, or an element of a list, is missing. */
  private static boolean isEmpty(JsonNode value) {
    return value.isNull()
        || (value.isTextual() && value.asText().isBlank())
        || StreamSupport.stream(value.spliterator(), false).anyMatch(Overlay::isEmpty);
  }
}
