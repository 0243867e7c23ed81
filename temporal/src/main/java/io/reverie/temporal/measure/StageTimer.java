package io.reverie.temporal.measure;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Measures the time of each processing stage, on any number of threads. */
public final class StageTimer {

  /** A processing stage. */
  public enum Stage {
    DECODE,
    FLOW,
    ASCENT,
    MEASURE,
    ENCODE
  }

  private final Map<Stage, Long> nanos = new ConcurrentHashMap<>();

  /** Runs work and adds its time to a stage. */
  public <T> T time(Stage stage, Supplier<T> work) {
    long begun = System.nanoTime();
    try {
      return work.get();
    } finally {
      nanos.merge(stage, System.nanoTime() - begun, Long::sum);
    }
  }

  /** Runs work and adds its time to a stage. */
  public void time(Stage stage, Runnable work) {
    time(
        stage,
        () -> {
          work.run();
          return stage;
        });
  }

  /** Returns the times since the last call. */
  public Times take() {
    Map<Stage, Double> seconds = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      Long taken = nanos.remove(stage);
      if (taken != null) {
        seconds.put(stage, taken / 1e9);
      }
    }
    return new Times(seconds);
  }

  /**
   * Seconds by stage.
   *
   * @param seconds seconds of the stages that ran
   */
  public record Times(Map<Stage, Double> seconds) implements Serializable {

    public static final Times NONE = new Times(Map.of());

    public Times {
      seconds = Map.copyOf(seconds);
    }

    /** Returns the sum of both. */
    public Times plus(Times other) {
      Map<Stage, Double> sum = new EnumMap<>(Stage.class);
      sum.putAll(seconds);
      other.seconds.forEach((stage, s) -> sum.merge(stage, s, Double::sum));
      return new Times(sum);
    }

    /** Returns the sum over all stages. */
    public double total() {
      return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    public double of(Stage stage) {
      return seconds.getOrDefault(stage, 0.0);
    }
  }
}
