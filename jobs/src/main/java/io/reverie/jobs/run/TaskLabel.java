package io.reverie.jobs.run;

import org.apache.spark.SparkContext;

/**
 * What Spark knows of a job: how its pages show it, with whom it is cancelled, and with whom it
 * shares the executors.
 *
 * @param phase kind of work, such as Dreaming; many jobs of a run may have the same
 * @param group of the jobs of one item, which are cancelled together; empty if there is none
 * @param description what the job does, such as {@code a.mp4: dreaming 13 segments}
 * @param pool of Spark's fair scheduler; empty for the default one
 */
public record TaskLabel(String phase, String group, String description, String pool) {

  /** Local property with the phase of a job. */
  public static final String PHASE = "reverie.phase";

  /** Local property with the group of a job. */
  public static final String GROUP = "spark.jobGroup.id";

  private static final String POOL = "spark.scheduler.pool";

  /** The label of a job for all items. */
  public static TaskLabel of(String phase) {
    return new TaskLabel(phase, "", phase, "");
  }

  /** Gives the label to the jobs that this thread starts from now on. */
  void set(SparkContext spark) {
    if (group.isEmpty()) {
      spark.setJobDescription(description);
    } else {
      // Tasks stop between frames when they are cancelled; a file must not be cut by an interrupt.
      spark.setJobGroup(group, description, false);
    }
    spark.setLocalProperty(PHASE, phase);
    spark.setLocalProperty(POOL, pool.isEmpty() ? null : pool);
  }

  /** Takes it away again. */
  static void clear(SparkContext spark) {
    spark.clearJobGroup();
    spark.setLocalProperty(PHASE, null);
    spark.setLocalProperty(POOL, null);
  }
}
