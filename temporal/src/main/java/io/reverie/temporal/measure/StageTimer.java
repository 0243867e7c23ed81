package io.reverie.temporal.measure;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** Where the time of a segment goes. */
public final class StageTimer {

  /** A kind of work. */
  public enum Part {
    DECODE,
    FLOW,
    ASCENT,
    MEASURE,
    ENCODE
  }

  private final Map<Part, Long> nanos = new EnumMap<>(Part.class);

  /** Does something and counts its time. */
  public <T> T time(Part part, Supplier<T> work) {
    long begun = System.nanoTime();
    try {
      return work.get();
    } finally {
      nanos.merge(part, System.nanoTime() - begun, Long::sum);
    }
  }

  /** Does something and counts its time. */
  public void time(Part part, Runnable work) {
    time(
        part,
        () -> {
          work.run();
          return part;
        });
  }

  /** What was counted so far. */
  public Times times() {
    Map<Part, Double> seconds = new EnumMap<>(Part.class);
    nanos.forEach((part, n) -> seconds.put(part, n.doubleValue() / 1e9));
    return new Times(seconds);
  }

  /** What was counted since the last call. */
  public Times take() {
    Times taken = times();
    nanos.clear();
    return taken;
  }

  /**
   * Seconds of work by kind.
   *
   * @param seconds of each kind that there was
   */
  public record Times(Map<Part, Double> seconds) implements Serializable {

    /** No work at all. */
    public static final Times NONE = new Times(Map.of());

    public Times {
      seconds = Map.copyOf(seconds);
    }

    /** Of both. */
    public Times plus(Times other) {
      Map<Part, Double> sum = new EnumMap<>(Part.class);
      sum.putAll(seconds);
      other.seconds.forEach((part, s) -> sum.merge(part, s, Double::sum));
      return new Times(sum);
    }

    /** Of all kinds. */
    public double total() {
      return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Of one kind. */
    public double of(Part part) {
      return seconds.getOrDefault(part, 0.0);
    }
  }
}
