package io.reverie.jobs.run;

import io.reverie.jobs.process.CacheFolder;
import io.reverie.jobs.process.NativeFolder;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

/** What Spark knows of the task that runs on this thread. */
public final class Attempts {

  private Attempts() {}

  /** To be called between frames, lest a task that nobody wants any more goes on for hours. */
  public static void stopIfKilled() {
    TaskContext context = TaskContext.get();
    if (context != null) {
      context.killTaskIfInterrupted();
    }
  }

  /**
   * To be asked before a task does anything. A sentence if this is the last attempt that Spark
   * gives a task: the others ended without a result, which our own failures never do, so that they
   * took their process along, or, where all is one process, met an error of linking; one more such
   * end would take along the whole job.
   */
  public static Optional<String> exhausted() {
    // An executor has no main method of ours, in which it would be chosen.
    NativeFolder.choose(CacheFolder.path());
    TaskContext context = TaskContext.get();
    int allowed =
        SparkEnv.get() == null ? 4 : SparkEnv.get().conf().getInt("spark.task.maxFailures", 4);
    if (context == null || allowed < 2 || context.attemptNumber() < allowed - 1) {
      return Optional.empty();
    }
    boolean alone = SparkEnv.get().conf().get("spark.master", "").startsWith("local");
    return Optional.of(
        (alone
                ? "it ended %d times with an error of the Java machine, see the log; check the installation"
                : "its worker process died %d times while it was dreamed, see the workers' logs; run again to go on from what is finished")
            .formatted(context.attemptNumber()));
  }
}
