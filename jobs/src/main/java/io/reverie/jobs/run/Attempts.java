package io.reverie.jobs.run;

import io.reverie.core.text.Count;
import io.reverie.jobs.process.AttemptWatch;
import io.reverie.jobs.process.CacheFolder;
import io.reverie.jobs.process.Failures;
import io.reverie.jobs.process.NativeFolder;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

/** Reads the state of the Spark task on this thread. */
public final class Attempts {

  /** With as many failures without progress, the item itself is at fault. */
  private static final int MAX_FRUITLESS = 3;

  /** In local mode, Spark takes its limit from the address. */
  private static final Pattern LOCAL = Pattern.compile("local\\[.*,\\s*(\\d+)]");

  private Attempts() {}

  /** Ends a task that Spark has killed. Without a call between frames it would run on for hours. */
  public static void stopIfKilled() {
    TaskContext context = TaskContext.get();
    if (context != null) {
      context.killTaskIfInterrupted();
    }
  }

  /** What earlier attempts of a task have finished and a later one need not repeat. */
  public interface Progress {
    /** Returns a number that grows with the progress. */
    long made() throws IOException;
  }

  /** As {@link #exhausted(Progress)}, of a task that cannot resume an earlier attempt. */
  public static Optional<String> exhausted() {
    return exhausted(() -> 0);
  }

  /**
   * Returns an error message if this attempt should not be made; call before any work. The task
   * returns its own failures as values, so earlier attempts that failed crashed the worker process
   * or, in local mode, met a linkage error. Too many of them without progress will go on like that,
   * and one more than Spark allows would abort the whole job. Attempts that were preempted,
   * decommissioned, or slower than their double are no failures.
   *
   * @param progress that earlier attempts have made, in any unit; asked for only if there were some
   */
  public static Optional<String> exhausted(Progress progress) {
    // For programs that start Spark themselves, without our plugin.
    NativeFolder.choose(CacheFolder.path());
    TaskContext context = TaskContext.get();
    if (context == null || context.attemptNumber() == 0 || SparkEnv.get() == null) {
      return Optional.empty();
    }
    Failures failures =
        AttemptWatch.ask(context, made(progress))
            .orElseGet(() -> new Failures(context.attemptNumber(), context.attemptNumber()));
    int allowed = allowed();
    if (allowed < 2
        || (failures.fruitless() < Math.min(MAX_FRUITLESS, allowed - 1)
            && failures.counted() < allowed - 1)) {
      return Optional.empty();
    }
    boolean local = master().startsWith("local");
    return Optional.of(
        (local
                ? "it ended %s with a JVM error; see the log and check the installation"
                : "its worker process died %s; see the workers' logs, then rerun to resume from the last checkpoint")
            .formatted(Count.of(Math.max(failures.fruitless(), failures.counted()), "time")));
  }

  private static long made(Progress progress) {
    try {
      return progress.made();
    } catch (IOException e) {
      // The work itself will report it.
      return 0;
    }
  }

  /** Number of failures at which Spark aborts the job. */
  private static int allowed() {
    Matcher local = LOCAL.matcher(master());
    return local.matches()
        ? Integer.parseInt(local.group(1))
        : SparkEnv.get().conf().getInt("spark.task.maxFailures", 4);
  }

  private static String master() {
    return SparkEnv.get().conf().get("spark.master", "");
  }
}
