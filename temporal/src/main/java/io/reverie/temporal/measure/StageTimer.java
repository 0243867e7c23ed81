package io.reverie.temporal.measure;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** Measures the time of each processing stage. */
public final class StageTimer {

  /** A processing stage. */
  public enum Part {
    DECODE,
    FLOW,
    ASCENT,
    MEASURE,
    ENCODE
  }

  private final Map<Part, Long> nanos = new EnumMap<>(Part.class);

  /** Runs work and adds its time to a stage. */
  public <T> T time(Part part, Supplier<T> work) {
    long begun = System.nanoTime();
    try {
      return work.get();
    } finally {
      nanos.merge(part, System.nanoTime() - begun, Long::sum);
    }
  }

  /** Runs work and adds its time to a stage. */
  public void time(Part part, Runnable work) {
    time(
        part,
        () -> {
          work.run();
          return part;
        });
  }

  /** Returns the times so far. */
  public Times times() {
    Map<Part, Double> seconds = new EnumMap<>(Part.class);
    nanos.forEach((part, n) -> seconds.put(part, n.doubleValue() / 1e9));
    return new Times(seconds);
  }

  /** Returns the times since the last call and resets them. */
  public Times take() {
    Times taken = times();
    nanos.clear();
    return taken;
  }

  /**
   * Seconds by stage.
   *
   * @param seconds seconds of the stages that ran
   */
  public record Times(Map<Part, Double> seconds) implements Serializable {

    public static final Times NONE = new Times(Map.of());

    public Times {
      seconds = Map.copyOf(seconds);
    }

    /** Returns the sum of both. */
    public Times plus(Times other) {
      Map<Part, Double> sum = new EnumMap<>(Part.class);
      sum.putAll(seconds);
      other.seconds.forEach((part, s) -> sum.merge(part, s, Double::sum));
      return new Times(sum);
    }

    /** Returns the sum over all stages. */
    public double total() {
      return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    public double of(Part part) {
      return seconds.getOrDefault(part, 0.0);
    }
  }
}
