package io.reverie.jobs.operation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.Success$;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** Counts Spark's tasks and executors. */
final class TaskCounts extends SparkListener {

  private final Map<Integer, StageTasks> stages = new HashMap<>();
  private long running;
  private long retried;
  private long failed;
  private long lost;
  private long executors;
  private long executorsRemoved;

  /** The tasks of a running stage: how many it has, and which have started or need not. */
  private record StageTasks(int all, Set<Integer> taken) {
    int waiting() {
      return Math.max(0, all - taken.size());
    }
  }

  void addTo(MetricSource source) {
    source
        .addGauge("tasks.waiting", this::waiting)
        .addGauge("tasks.running", this::running)
        .addCounter("tasks.retried", this::retried)
        .addCounter("tasks.failed", this::failed)
        .addCounter("tasks.lost", this::lost)
        .addGauge("executors", this::executors)
        .addCounter("executors.removed", this::executorsRemoved);
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted stage) {
    stages.put(
        stage.stageInfo().stageId(), new StageTasks(stage.stageInfo().numTasks(), new HashSet<>()));
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart start) {
    running++;
    if (start.taskInfo().attemptNumber() > 0) {
      retried++;
    }
    StageTasks stage = stages.get(start.stageId());
    if (stage != null) {
      stage.taken().add(start.taskInfo().index());
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    running--;
    if (end.reason() == Success$.MODULE$) {
      return;
    }
    // A preempted or decommissioned executor is no fault of the task.
    if (end.reason() instanceof TaskFailedReason reason && reason.countTowardsTaskFailures()) {
      failed++;
    } else {
      lost++;
    }
    StageTasks stage = stages.get(end.stageId());
    if (stage != null) {
      stage.taken().remove(end.taskInfo().index());
    }
  }

  @Override
  public synchronized void onStageCompleted(SparkListenerStageCompleted stage) {
    stages.remove(stage.stageInfo().stageId());
  }

  @Override
  public synchronized void onExecutorAdded(SparkListenerExecutorAdded added) {
    executors++;
  }

  @Override
  public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    executors--;
    executorsRemoved++;
  }

  synchronized long waiting() {
    return stages.values().stream().mapToLong(StageTasks::waiting).sum();
  }

  synchronized long running() {
    return running;
  }

  synchronized long retried() {
    return retried;
  }

  synchronized long failed() {
    return failed;
  }

  synchronized long lost() {
    return lost;
  }

  synchronized long executors() {
    return executors;
  }

  synchronized long executorsRemoved() {
    return executorsRemoved;
  }
}
