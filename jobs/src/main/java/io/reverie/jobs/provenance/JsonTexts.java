package io.reverie.jobs.provenance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Replaces the strings in a JSON tree, at any depth. */
final class JsonTexts {

  private JsonTexts() {}

  static void replace(ObjectNode tree, UnaryOperator<String> replacement) {
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      entry.setValue(replaced(entry.getValue(), replacement));
    }
  }

  private static JsonNode replaced(JsonNode node, UnaryOperator<String> replacement) {
    if (node instanceof ObjectNode object) {
      replace(object, replacement);
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, replaced(array.get(i), replacement));
      }
    }
    return node.isTextual() ? TextNode.valueOf(replacement.apply(node.textValue())) : node;
  }
}
