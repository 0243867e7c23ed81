package io.reverie.jobs.operation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Names the Spark jobs that this thread starts until it is closed, and writes them to the log.
 * Other threads may start jobs with other names meanwhile.
 */
public final class NamedJobs implements AutoCloseable {

  /** Spark's property with the phase of a job. */
  public static final String PHASE = "reverie.phase";

  /** Spark's property with the group of a job. */
  public static final String GROUP = "spark.jobGroup.id";

  private static final String POOL = "spark.scheduler.pool";
  private static final String DESCRIPTION = "spark.job.description";

  /** Replaces the line of code in the names of stages. */
  private static final String CALL_SITE = "callSite.short";

  private final SparkContext spark;
  private final JobName name;
  private final int tasks;
  private final long begun = System.nanoTime();
  private final Map<String, @Nullable String> before = new LinkedHashMap<>();
  private boolean done;

  private NamedJobs(SparkContext spark, JobName name, int tasks) {
    this.spark = spark;
    this.name = name;
    this.tasks = tasks;
  }

  /**
   * Names the jobs from now on.
   *
   * @param tasks number of tasks that they have
   */
  public static NamedJobs start(SparkContext spark, JobName name, int tasks) {
    NamedJobs jobs = new NamedJobs(spark, name, tasks);
    jobs.set(GROUP, name.group());
    jobs.set(DESCRIPTION, name.description());
    jobs.set(PHASE, name.phase());
    jobs.set(POOL, name.pool().isEmpty() ? null : name.pool());
    jobs.set(CALL_SITE, name.work());
    return jobs;
  }

  private void set(String key, @Nullable String value) {
    before.put(key, spark.getLocalProperty(key));
    spark.setLocalProperty(key, value);
  }

  /** Tells that the jobs ended well. */
  public void done() {
    done = true;
  }

  @Override
  public void close() {
    before.forEach(spark::setLocalProperty);
    new LogLine("job")
        .with("phase", name.phase())
        .with("item", name.subject())
        .with("tasks", tasks)
        .withSeconds((System.nanoTime() - begun) / 1e9)
        .with("status", done ? "done" : "failed")
        .info();
  }
}
