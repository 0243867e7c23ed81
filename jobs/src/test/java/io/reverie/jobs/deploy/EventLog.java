package io.reverie.jobs.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What Spark recorded of one run: one event a line. */
record EventLog(List<JsonNode> events) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Spark's options for a run whose events are recorded. */
  static List<String> options(Path folder) {
    return List.of(
        "--conf",
        "spark.eventLog.enabled=true",
        "--conf",
        "spark.eventLog.compress=false",
        "--conf",
        "spark.eventLog.dir=" + folder.toUri());
  }

  /** Reads the only log below a folder. */
  static EventLog read(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      List<JsonNode> events =
          all.filter(file -> file.getFileName().toString().matches("(events_\\d+_)?app-.*"))
              .filter(Files::isRegularFile)
              .flatMap(EventLog::lines)
              .map(EventLog::parse)
              .toList();
      return new EventLog(events);
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stream<JsonNode> named(String name) {
    return events.stream().filter(event -> event.path("Event").asText().equals(name));
  }

  /** The part of a GPU that each task of a job held, by the job's description. */
  Map<String, Double> gpus() {
    Map<Integer, Double> byProfile = new HashMap<>();
    named("SparkListenerResourceProfileAdded")
        .forEach(
            added ->
                byProfile.put(
                    added.path("Resource Profile Id").asInt(),
                    added.at("/Task Resource Requests/gpu/Amount").asDouble()));
    Map<String, Double> gpus = new TreeMap<>();
    named("SparkListenerJobStart")
        .forEach(
            job ->
                job.path("Stage Infos")
                    .forEach(
                        stage ->
                            gpus.put(
                                job.path("Properties").path("spark.job.description").asText(),
                                byProfile.getOrDefault(
                                    stage.path("Resource Profile Id").asInt(), 0.0))));
    return gpus;
  }
}
