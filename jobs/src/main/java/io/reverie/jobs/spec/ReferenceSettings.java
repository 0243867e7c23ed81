package io.reverie.jobs.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverie.core.dream.DreamDefaults;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every key and its default: {@code reference.yaml}, and {@code dream.yaml} of dream-core. */
public final class ReferenceSettings {

  private static final ObjectNode TREE = read();

  private ReferenceSettings() {}

  static ObjectNode tree() {
    return TREE;
  }

  /**
   * The default of one key.
   *
   * @param key such as {@code octaves.count}
   */
  public static JsonNode defaultOf(String key) {
    JsonNode value = TREE.at("/" + key.replace('.', '/'));
    if (value.isMissingNode()) {
      throw new IllegalArgumentException("reference.yaml and dream.yaml have no key " + key);
    }
    return value;
  }

  /** All keys, groups included. */
  public static List<String> keys() {
    return keys(TREE, "");
  }

  private static List<String> keys(JsonNode group, String prefix) {
    List<String> keys = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : group.properties()) {
      keys.add(prefix + entry.getKey());
      keys.addAll(keys(entry.getValue(), prefix + entry.getKey() + "."));
    }
    return keys;
  }

  private static ObjectNode read() {
    YAMLMapper yaml = new YAMLMapper();
    try (InputStream in = ReferenceSettings.class.getResourceAsStream("reference.yaml")) {
      ObjectNode keys = (ObjectNode) yaml.readTree(DreamDefaults.yaml());
      keys.setAll((ObjectNode) yaml.readTree(in));
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
