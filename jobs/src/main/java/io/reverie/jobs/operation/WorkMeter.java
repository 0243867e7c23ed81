package io.reverie.jobs.operation;

import io.reverie.temporal.measure.StageTimer.Stage;
import io.reverie.temporal.measure.StageTimer.Times;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAdder;

/** Counts the work of this process since its Spark application started; for any thread. */
public final class WorkMeter {

  private static final AtomicReference<WorkMeter> CURRENT = new AtomicReference<>(new WorkMeter());

  private final Map<WorkCounter, DoubleAdder> counters = new EnumMap<>(WorkCounter.class);

  WorkMeter() {
    for (WorkCounter counter : WorkCounter.values()) {
      counters.put(counter, new DoubleAdder());
    }
  }

  /** The meter to count with; call it each time, since a new application starts a new one. */
  public static WorkMeter ofThisProcess() {
    return Objects.requireNonNull(CURRENT.get());
  }

  /** Starts to count from zero, for a new application in the same process. */
  static WorkMeter restart() {
    WorkMeter meter = new WorkMeter();
    CURRENT.set(meter);
    return meter;
  }

  /** Work that returns something and may fail. */
  @FunctionalInterface
  public interface Timed<T, E extends Exception> {
    T run() throws E;
  }

  /** Runs work and counts its seconds. */
  public static <T, E extends Exception> T timed(WorkCounter counter, Timed<T, E> work) throws E {
    long begun = System.nanoTime();
    try {
      return work.run();
    } finally {
      ofThisProcess().add(counter, (System.nanoTime() - begun) / 1e9);
    }
  }

  /** Work that returns nothing and may fail. */
  @FunctionalInterface
  public interface TimedAction<E extends Exception> {
    void run() throws E;
  }

  /** Runs work and counts its seconds. */
  public static <E extends Exception> void timed(WorkCounter counter, TimedAction<E> work)
      throws E {
    WorkMeter.<WorkCounter, E>timed(
        counter,
        () -> {
          work.run();
          return counter;
        });
  }

  public void add(WorkCounter counter, double amount) {
    adder(counter).add(amount);
  }

  /**
   * Counts the seconds of stages.
   *
   * @param publishing seconds of publishing that the times contain as encoding
   */
  public void add(Times times, double publishing) {
    for (Stage stage : Stage.values()) {
      double within = stage == Stage.ENCODE ? publishing : 0;
      // A counter must not go back.
      add(WorkCounter.of(stage), Math.max(0, times.of(stage) - within));
    }
    add(WorkCounter.PUBLISH_SECONDS, publishing);
  }

  /** Counts a frame and the steps of its ascent. */
  public void addFrame(long steps) {
    add(WorkCounter.FRAMES, 1);
    add(WorkCounter.STEPS, (double) steps);
  }

  /** Counts a checkpoint of so many bytes. */
  public void addCheckpoint(long bytes) {
    add(WorkCounter.CHECKPOINTS, 1);
    add(WorkCounter.CHECKPOINT_BYTES, (double) bytes);
  }

  double value(WorkCounter counter) {
    return adder(counter).sum();
  }

  Map<WorkCounter, Double> values() {
    Map<WorkCounter, Double> values = new EnumMap<>(WorkCounter.class);
    counters.forEach((counter, adder) -> values.put(counter, adder.sum()));
    return values;
  }

  private DoubleAdder adder(WorkCounter counter) {
    return Objects.requireNonNull(counters.get(counter));
  }
}
