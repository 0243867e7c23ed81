package io.reverie.jobs.progress;

import io.reverie.jobs.forecast.Pace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Properties;
import java.util.function.IntSupplier;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.util.DoubleAccumulator;
import scala.collection.Iterable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Shows the units that running and finished tasks have counted, as reported by their heartbeats.
 * The jobs may run at once, and not all of them need to be known at the start.
 */
public final class TaskProgress extends SparkListener implements AutoCloseable {

  /** The local property that distinguishes the jobs of one item from those of others. */
  private static final String GROUP = "spark.jobGroup.id";

  /** The group of tasks that are planned for all jobs. */
  private static final String EVERY = "";

  private final SparkContext spark;
  private final FrameCounter counter;
  private final List<Long> accumulators;
  private final Bar bar;
  private final String title;
  private final String unit;
  private final IntSupplier slots;
  private final long start = System.nanoTime();
  private final Map<Integer, String> groups = new HashMap<>();
  private final Map<Long, Running> running = new HashMap<>();
  private final Map<String, Planned> open = new LinkedHashMap<>();
  private final double[] sums;
  private double expected;
  private double share;

  /**
   * How far a phase of a job is.
   *
   * @param done units so far
   * @param total units of all tasks
   * @param left seconds; NaN while nothing is done
   */
  public record State(String title, double done, double total, String unit, double left) {}

  /** A task that runs, and what it has counted so far. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Running(String group, int place, double[] counts) {}

  /** Tasks of one group in their order, and what each has done. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Planned(List<Integer> tasks, double[] done) {}

  private TaskProgress(SparkContext spark, Bar bar, String title, String unit, IntSupplier slots) {
    this.spark = spark;
    this.counter = FrameCounter.of(spark, unit);
    this.accumulators = counter.all().stream().map(DoubleAccumulator::id).toList();
    this.sums = new double[accumulators.size()];
    this.bar = bar;
    this.title = title;
    this.unit = unit;
    this.slots = slots;
  }

  /**
   * Shows progress until it is closed.
   *
   * @param total number of units of all tasks
   */
  public static TaskProgress start(
      SparkContext spark, String title, long total, String unit, boolean quiet) {
    TaskProgress progress = growing(spark, title, unit, quiet, () -> 1);
    progress.expected = (double) total;
    progress.share = 1;
    return progress;
  }

  /**
   * Shows progress until it is closed.
   *
   * @param pace of the tasks of one stage, from which the time left follows
   */
  public static TaskProgress start(
      SparkContext spark, String title, String unit, boolean quiet, Pace pace) {
    TaskProgress progress = growing(spark, title, unit, quiet, pace::slots);
    progress.plan(EVERY, pace.tasks(), 1);
    return progress;
  }

  /**
   * Shows progress until it is closed; {@link #plan} adds the work.
   *
   * @param slots number of tasks at once, which may change
   */
  public static TaskProgress growing(
      SparkContext spark, String title, String unit, boolean quiet, IntSupplier slots) {
    Bar bar = quiet ? Bar.silent() : Bar.onTerminal(title, 0, unit);
    TaskProgress progress = new TaskProgress(spark, bar, title, unit, slots);
    spark.addSparkListener(progress);
    return progress;
  }

  /**
   * Adds the tasks of a group of jobs.
   *
   * @param tasks units of each, in the order in which they start
   * @param part of the whole run, from 0 to 1, by which the rest of it is estimated
   */
  public synchronized void plan(String group, List<Integer> tasks, double part) {
    share = Math.min(1, share + part);
    expected += tasks.stream().mapToDouble(Integer::doubleValue).sum();
    if (!tasks.isEmpty()) {
      open.put(group, new Planned(tasks, new double[tasks.size()]));
    }
  }

  /** Nothing of a group is left to do. */
  public synchronized void finish(String group) {
    open.remove(group);
  }

  /** The counter that tasks increment. */
  public FrameCounter counter() {
    return counter;
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart job) {
    Properties properties = job.properties();
    String group = properties == null ? "" : properties.getProperty(GROUP, "");
    CollectionConverters.asJava(job.stageInfos())
        .forEach(stage -> groups.put(stage.stageId(), group));
  }

  @Override
  public synchronized void onStageCompleted(SparkListenerStageCompleted stage) {
    groups.remove(stage.stageInfo().stageId());
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart task) {
    running.put(
        task.taskInfo().taskId(),
        new Running(
            groups.getOrDefault(task.stageId(), ""),
            task.taskInfo().index(),
            new double[accumulators.size()]));
  }

  @Override
  public synchronized void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate metrics) {
    CollectionConverters.asJava(metrics.accumUpdates())
        .forEach(task -> update(((Number) task._1()).longValue(), task._4()));
    show();
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    update(end.taskInfo().taskId(), end.taskInfo().accumulables());
    // A late heartbeat no longer finds it.
    Running task = running.remove(end.taskInfo().taskId());
    if (task != null && !end.taskInfo().successful()) {
      // The next attempt counts again what it finds done.
      for (int i = 0; i < sums.length; i++) {
        sums[i] -= task.counts()[i];
      }
    }
    show();
  }

  private void update(long id, Iterable<AccumulableInfo> infos) {
    Running task = running.get(id);
    if (task == null) {
      return;
    }
    for (AccumulableInfo info : CollectionConverters.asJava(infos)) {
      int which = accumulators.indexOf(info.id());
      if (which >= 0 && info.update().isDefined()) {
        double value = ((Number) info.update().get()).doubleValue();
        sums[which] += value - task.counts()[which];
        task.counts()[which] = value;
      }
    }
    Planned planned = open.getOrDefault(task.group(), open.get(EVERY));
    if (planned != null && task.place() < planned.done().length) {
      // A task that Spark retries counts its frames again.
      double done = Math.max(planned.done()[task.place()], task.counts()[0]);
      planned.done()[task.place()] = done;
    }
  }

  private void show() {
    if (bar.isDue()) {
      bar.show(sums[0], total(), left());
    }
  }

  /** All units: those of the groups that are planned, and as many for each share of the rest. */
  private double total() {
    return share > 0 ? expected / share : 0;
  }

  public synchronized State state() {
    double seconds = (System.nanoTime() - start) / 1e9;
    double rest = Math.max(0, total() - sums[0]);
    double even = sums[0] > 0 ? rest * seconds / sums[0] : Double.NaN;
    return new State(title, sums[0], total(), unit, left().orElse(even));
  }

  private OptionalDouble left() {
    List<Integer> tasks = new ArrayList<>();
    List<Double> done = new ArrayList<>();
    for (Planned planned : open.values()) {
      for (int i = 0; i < planned.done().length; i++) {
        if (planned.done()[i] < planned.tasks().get(i)) {
          tasks.add(planned.tasks().get(i));
          done.add(planned.done()[i]);
        }
      }
    }
    if (open.isEmpty()) {
      return OptionalDouble.empty();
    }
    Pace.Taken taken = taken();
    int atOnce = slots.getAsInt();
    OptionalDouble known = new Pace(tasks, atOnce).left(done::get, taken);
    double frames = taken.lone() + taken.carried();
    double each = frames > 0 ? (taken.loneSeconds() + taken.carriedSeconds()) / frames : 0;
    double later = (total() - expected) * each / atOnce;
    return known.isPresent() ? OptionalDouble.of(known.getAsDouble() + later) : known;
  }

  private Pace.Taken taken() {
    // In the order of FrameCounter.all.
    return new Pace.Taken(
        Math.max(0, sums[1]), Math.max(0, sums[2]), Math.max(0, sums[3]), Math.max(0, sums[4]));
  }

  @Override
  public void close() {
    spark.removeSparkListener(this);
    bar.close();
  }
}
