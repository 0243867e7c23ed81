package io.reverie.jobs.measure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.temporal.measure.ShotMeasures;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Formats measures as text or JSON. Values that could not be measured are omitted.
 *
 * @param unpaired number of frames without a counterpart
 */
public record MeasuresReport(ShotMeasures measures, long unpaired) {

  private static final MathContext DIGITS = new MathContext(5);

  public String json() {
    return node().toString();
  }

  public String text() {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, com.fasterxml.jackson.databind.JsonNode> entry : node().properties()) {
      lines.add("%-9s %s".formatted(entry.getKey(), entry.getValue().asText()));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private ObjectNode node() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("frames", measures.frames().size());
    if (unpaired > 0) {
      node.put("unpaired", unpaired);
    }
    put(node, "flicker", measures.flicker());
    put(node, "strength", measures.strength());
    put(node, "young", measures.young());
    put(node, "old", measures.old());
    return node;
  }

  public static void put(ObjectNode node, String key, double value) {
    if (Double.isFinite(value)) {
      node.put(key, rounded(value));
    }
  }

  public static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value).round(DIGITS);
  }
}
