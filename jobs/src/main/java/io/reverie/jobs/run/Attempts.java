package io.reverie.jobs.run;

import io.reverie.core.text.Count;
import io.reverie.jobs.process.CacheFolder;
import io.reverie.jobs.process.NativeFolder;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

/** Reads the state of the Spark task on this thread. */
public final class Attempts {

  private Attempts() {}

  /** Ends a task that Spark has killed. Without a call between frames it would run on for hours. */
  public static void stopIfKilled() {
    TaskContext context = TaskContext.get();
    if (context != null) {
      context.killTaskIfInterrupted();
    }
  }

  /**
   * Returns an error message if this is the last attempt that Spark allows the task; call before
   * any work. The task returns its own failures as values, so earlier attempts that ended without a
   * result crashed the worker process or, in local mode, met a linkage error. One more crash would
   * abort the whole job.
   */
  public static Optional<String> exhausted() {
    // For programs that start Spark themselves, without our plugin.
    NativeFolder.choose(CacheFolder.path());
    TaskContext context = TaskContext.get();
    int maxAttempts =
        SparkEnv.get() == null ? 4 : SparkEnv.get().conf().getInt("spark.task.maxFailures", 4);
    if (context == null || maxAttempts < 2 || context.attemptNumber() < maxAttempts - 1) {
      return Optional.empty();
    }
    boolean local = SparkEnv.get().conf().get("spark.master", "").startsWith("local");
    return Optional.of(
        (local
                ? "it ended %s with a JVM error; see the log and check the installation"
                : "its worker process died %s while dreaming it; see the workers' logs, then rerun to resume from the last checkpoint")
            .formatted(Count.of(context.attemptNumber(), "time")));
  }
}
