package io.reverie.jobs.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.jobs.forecast.Forecast;
import java.util.Optional;

/** A report as one JSON object on one line. */
public final class ReportJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ReportJson() {}

  public static String of(Object report) {
    try {
      return JSON.writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Adds the forecast, if there is one, as the last key. */
  public static String of(Object report, Optional<Forecast> forecast) {
    ObjectNode tree = JSON.valueToTree(report);
    forecast.ifPresent(known -> tree.set("forecast", JSON.valueToTree(known)));
    return of(tree);
  }
}
