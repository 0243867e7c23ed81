package io.reverie.jobs.operation;

import java.util.AbstractMap.SimpleEntry;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an executor has counted so far.
 *
 * @param executor Spark's id
 */
record ExecutorReport(String executor, Map<WorkCounter, Double> values) {

  ExecutorReport {
    values = Map.copyOf(values);
  }

  /** Of classes of the JDK: ours might be unknown to the loader of Spark's messages. */
  SimpleEntry<String, HashMap<String, Double>> message() {
    HashMap<String, Double> named = new HashMap<>();
    values.forEach((counter, value) -> named.put(counter.metric(), value));
    return new SimpleEntry<>(executor, named);
  }

  /** Reads a message; empty if it is none of ours. */
  static Optional<ExecutorReport> of(Object message) {
    if (message instanceof Map.Entry<?, ?> entry
        && entry.getKey() instanceof String executor
        && entry.getValue() instanceof Map<?, ?> named) {
      Map<WorkCounter, Double> values = new EnumMap<>(WorkCounter.class);
      for (WorkCounter counter : WorkCounter.values()) {
        if (named.get(counter.metric()) instanceof Double value) {
          values.put(counter, value);
        }
      }
      return Optional.of(new ExecutorReport(executor, values));
    }
    return Optional.empty();
  }

  double value(WorkCounter counter) {
    return values.getOrDefault(counter, 0.0);
  }

  /** The one that was made later: no value of it is smaller. */
  ExecutorReport laterOf(ExecutorReport other) {
    boolean later =
        Arrays.stream(WorkCounter.values()).allMatch(each -> value(each) >= other.value(each));
    return later ? this : other;
  }
}
