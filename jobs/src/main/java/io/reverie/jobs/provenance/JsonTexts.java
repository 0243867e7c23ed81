package io.reverie.jobs.provenance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The texts in a tree of JSON, however deep. */
final class JsonTexts {

  private JsonTexts() {}

  static void replace(ObjectNode tree, UnaryOperator<String> by) {
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      entry.setValue(replaced(entry.getValue(), by));
    }
  }

  private static JsonNode replaced(JsonNode node, UnaryOperator<String> by) {
    if (node instanceof ObjectNode object) {
      replace(object, by);
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, replaced(array.get(i), by));
      }
    }
    return node.isTextual() ? TextNode.valueOf(by.apply(node.textValue())) : node;
  }
}
