package io.reverie.jobs.report;

import io.reverie.jobs.operation.NamedJobs;
import io.reverie.jobs.progress.TaskProgress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.collection.Iterable;
import scala.jdk.javaapi.CollectionConverters;

/** Watches the tasks of a run: when and where they work, and the pictures that they take. */
final class TaskWatch extends SparkListener {

  private static final String UNNAMED = "Other";

  /** How long to wait for the last events of tasks, which arrive late. */
  private static final long PATIENCE_MILLIS = 2000;

  private final ReportContent content;
  private final Map<Integer, String> phases = new HashMap<>();
  private final Map<String, IntFunction<String>> names = new ConcurrentHashMap<>();
  private volatile Optional<SnapshotAccumulator> snapshots = Optional.empty();
  private volatile Optional<TaskProgress> progress = Optional.empty();
  private int running;

  TaskWatch(ReportContent content) {
    this.content = content;
  }

  void follow(SnapshotAccumulator pictures) {
    snapshots = Optional.of(pictures);
  }

  void follow(TaskProgress bar) {
    progress = Optional.of(bar);
  }

  Optional<TaskProgress> progress() {
    return progress;
  }

  void name(String phase, IntFunction<String> task) {
    names.put(phase, task);
  }

  /** The name of a task, such as segment 3 of a video. */
  String name(String phase, int task) {
    IntFunction<String> named = names.get(phase);
    return named == null ? "task " + (task + 1) : named.apply(task);
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    Properties properties = job.properties();
    String phase = properties == null ? null : properties.getProperty(NamedJobs.PHASE);
    synchronized (content) {
      CollectionConverters.asJava(job.stageInfos())
          .forEach(stage -> phases.put(stage.stageId(), phase == null ? UNNAMED : phase));
    }
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart start) {
    synchronized (content) {
      running++;
      content.timeline.begin(
          start.taskInfo().taskId(),
          executor(start.taskInfo().executorId(), start.taskInfo().host()),
          phases.getOrDefault(start.stageId(), UNNAMED),
          start.taskInfo().index(),
          start.taskInfo().launchTime());
    }
  }

  private static String executor(String id, String host) {
    return id.equals("driver") ? "this machine" : "executor %s on %s".formatted(id, host);
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    update(end.taskInfo().accumulables());
    synchronized (content) {
      running--;
      content.timeline.end(
          end.taskInfo().taskId(), end.taskInfo().finishTime(), !end.taskInfo().successful());
      content.notifyAll();
    }
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate metrics) {
    CollectionConverters.asJava(metrics.accumUpdates()).forEach(task -> update(task._4()));
  }

  private void update(Iterable<AccumulableInfo> infos) {
    if (snapshots.isEmpty()) {
      return;
    }
    for (AccumulableInfo info : CollectionConverters.asJava(infos)) {
      if (info.id() == snapshots.get().id() && info.update().isDefined()) {
        ((List<?>) info.update().get()).forEach(each -> content.add((Snapshot) each));
      }
    }
  }

  /** Waits for the last events, and takes the pictures of all finished tasks. */
  void drain() {
    long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
    synchronized (content) {
      long left = PATIENCE_MILLIS;
      while (running > 0 && left > 0) {
        try {
          content.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
        left = deadline - System.currentTimeMillis();
      }
    }
    snapshots.ifPresent(pictures -> pictures.value().forEach(content::add));
  }
}
