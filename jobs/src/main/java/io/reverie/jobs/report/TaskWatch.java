package io.reverie.jobs.report;

import io.reverie.jobs.operation.JobName;
import io.reverie.jobs.operation.NamedJobs;
import io.reverie.jobs.progress.TaskProgress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.IntFunction;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.collection.Iterable;
import scala.jdk.javaapi.CollectionConverters;

/** Watches the tasks of a run: when and where they work, and the pictures that they take. */
final class TaskWatch extends SparkListener {

  private static final String UNNAMED = "Other";
  private static final Jobs OTHER = new Jobs(UNNAMED, "");

  /** Items whose tasks have names. */
  private static final int MOST_NAMED = 256;

  /** How long to wait for the last events of tasks, which arrive late. */
  private static final long PATIENCE_MILLIS = 2000;

  private final ReportContent content;
  private final Map<Integer, Jobs> stages = new HashMap<>();
  private final Map<Jobs, IntFunction<String>> names = latest(MOST_NAMED);
  private final Map<Integer, String> tasks = latest(4 * TaskTimeline.MOST);
  private volatile Optional<SnapshotAccumulator> snapshots = Optional.empty();
  private volatile Optional<TaskProgress> progress = Optional.empty();
  private int running;
  private int begun;

  /**
   * Jobs of one kind for one item.
   *
   * @param group of the item; empty if they are for all
   */
  private record Jobs(String phase, String group) {}

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

  /** Names the tasks of jobs by their places. */
  void name(JobName jobs, IntFunction<String> task) {
    synchronized (content) {
      names.put(new Jobs(jobs.phase(), jobs.group()), task);
    }
  }

  /** A map of so many entries, from which the oldest are dropped. */
  private static <K, V> Map<K, V> latest(int most) {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }

  /**
   * The name of a task, such as segment 3 of a video.
   *
   * @param task its number among all of the run
   */
  String name(int task) {
    synchronized (content) {
      return tasks.getOrDefault(task, "task " + (task + 1));
    }
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    Properties properties = job.properties();
    Jobs jobs =
        properties == null
            ? OTHER
            : new Jobs(
                properties.getProperty(NamedJobs.PHASE, UNNAMED),
                properties.getProperty(NamedJobs.GROUP, ""));
    synchronized (content) {
      CollectionConverters.asJava(job.stageInfos())
          .forEach(stage -> stages.put(stage.stageId(), jobs));
    }
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted stage) {
    synchronized (content) {
      stages.remove(stage.stageInfo().stageId());
    }
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart start) {
    synchronized (content) {
      running++;
      Jobs jobs = stages.getOrDefault(start.stageId(), OTHER);
      int place = start.taskInfo().index();
      IntFunction<String> named = names.get(jobs);
      tasks.put(begun, named == null ? "task " + (place + 1) : named.apply(place));
      content.timeline.begin(
          start.taskInfo().taskId(),
          executor(start.taskInfo().executorId(), start.taskInfo().host()),
          jobs.phase(),
          begun++,
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
