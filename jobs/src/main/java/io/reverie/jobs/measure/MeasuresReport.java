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
 * @param compared the measured videos
 */
public record MeasuresReport(VideoComparison.Compared compared) {

  private static final MathContext DIGITS = new MathContext(5);

  public String json() {
    return node().toString();
  }

  public String text() {
    List<String> lines = new ArrayList<>();
    // The names of the longer list would not fit into the columns of the shorter one.
    String line = compared.lai().isPresent() ? "%-18s %s" : "%-9s %s";
    for (Map.Entry<String, com.fasterxml.jackson.databind.JsonNode> entry : node().properties()) {
      lines.add(line.formatted(entry.getKey(), entry.getValue().asText()));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private ObjectNode node() {
    ShotMeasures measures = compared.measures();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("frames", measures.frames().size());
    if (compared.unpaired() > 0) {
      node.put("unpaired", compared.unpaired());
    }
    put(node, "flicker", measures.flicker());
    put(node, "strength", measures.strength());
    put(node, "young", measures.young());
    put(node, "old", measures.old());
    compared
        .lai()
        .ifPresent(
            errors -> {
              put(node, "warpingError", errors.dream());
              put(node, "sourceWarpingError", errors.source());
            });
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
