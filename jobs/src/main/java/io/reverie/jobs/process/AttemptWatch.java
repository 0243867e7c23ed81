package io.reverie.jobs.process;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells tasks, which run on executors, how their earlier attempts ended. */
public final class AttemptWatch implements DriverPlugin {

  private static final Logger LOG = LoggerFactory.getLogger(AttemptWatch.class);

  private static volatile Optional<PluginContext> executor = Optional.empty();

  private final FailureCounts counts = new FailureCounts();

  /** What a task asks the driver. */
  private record Question(FailureCounts.Task task, int attempt, long progress)
      implements Serializable {}

  /** Runs on an executor, before its first task. */
  static void connect(PluginContext context) {
    executor = Optional.of(context);
  }

  /**
   * Asks for the failures of the task on this thread; empty if the driver does not run this plugin,
   * as in programs that start Spark themselves.
   *
   * @param progress of all attempts before, in any unit
   */
  public static Optional<Failures> ask(TaskContext context, long progress) {
    FailureCounts.Task task =
        new FailureCounts.Task(
            context.stageId(), context.stageAttemptNumber(), context.partitionId());
    try {
      return executor.isPresent()
          ? Optional.of(
              (Failures) executor.get().ask(new Question(task, context.attemptNumber(), progress)))
          : Optional.empty();
    } catch (Exception e) {
      // Thrown by the remote call, without a declared type.
      LOG.debug("the driver does not report earlier attempts", e);
      return Optional.empty();
    }
  }

  @Override
  public Map<String, String> init(SparkContext spark, PluginContext context) {
    spark.addSparkListener(new Listener());
    return Map.of();
  }

  @Override
  public @Nullable Object receive(Object message) {
    return message instanceof Question question
        ? counts.of(question.task(), question.attempt(), question.progress())
        : null;
  }

  private final class Listener extends SparkListener {

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      if (end.reason() instanceof TaskFailedReason reason) {
        counts.ended(
            new FailureCounts.Task(
                end.stageId(), end.stageAttemptId(), end.taskInfo().partitionId()),
            reason.countTowardsTaskFailures());
      }
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted completed) {
      counts.forget(completed.stageInfo().stageId());
    }
  }
}
