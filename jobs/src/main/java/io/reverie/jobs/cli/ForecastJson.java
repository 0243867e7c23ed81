package io.reverie.jobs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.jobs.forecast.Forecast;
import java.util.Optional;

/** The key {@code forecast} of a report in JSON. */
final class ForecastJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ForecastJson() {}

  /** Adds the forecast, if there is one, to a report that is one JSON object. */
  static String added(String report, Optional<Forecast> forecast) {
    if (forecast.isEmpty()) {
      return report;
    }
    try {
      ObjectNode tree = (ObjectNode) JSON.readTree(report);
      tree.set("forecast", JSON.valueToTree(forecast.get()));
      return JSON.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
