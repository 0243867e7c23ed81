package io.reverie.jobs.run;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;

/**
 * The part of a GPU that each task of a stage holds. Where executors have GPUs, only the stages
 * that dream ask for them (Spark's stage-level scheduling), so that reading, seams and assembly run
 * next to the dreams, on the remaining cores.
 *
 * @param tasks that share a GPU; 0 if the tasks of the stage hold none
 */
public record TaskGpu(int tasks) {

  /** For stages that do not dream. */
  public static final TaskGpu NONE = new TaskGpu(0);

  private static final String AMOUNT = "spark.executor.resource.gpu.amount";
  private static final String TASK_AMOUNT = "spark.task.resource.gpu.amount";

  /**
   * Where a profile of tasks alone is possible: in one process there are no executors, and other
   * managers are unknown to Spark's ResourceProfileManager.
   */
  private static final Pattern MANAGERS =
      Pattern.compile("(spark://|k8s://|local-cluster\\[).*|yarn");

  /** By application and {@link #tasks}: Spark keeps each profile as long as the application. */
  private static final Map<String, ResourceProfile> PROFILES = new ConcurrentHashMap<>();

  /** The tasks of a run that dream, as many for each GPU as may pass the network together. */
  public static TaskGpu of(RunOptions options) {
    return shared(options.device(), options.batch().tasksPerGpu());
  }

  /**
   * A GPU for several tasks, unless they dream on CPUs.
   *
   * @param tasks at least 1
   */
  public static TaskGpu shared(Device device, int tasks) {
    return device == Device.CPU ? NONE : new TaskGpu(tasks);
  }

  /** Lets the tasks of an RDD hold their part of a GPU, where Spark can give it to them alone. */
  public <T> JavaRDD<T> on(JavaSparkContext spark, JavaRDD<T> work) {
    SparkConf conf = spark.getConf();
    return tasks > 0 && isByStage(conf) ? work.withResources(profile(spark, conf)) : work;
  }

  private ResourceProfile profile(JavaSparkContext spark, SparkConf conf) {
    return PROFILES.computeIfAbsent(
        spark.sc().applicationId() + "/" + tasks,
        key ->
            new ResourceProfileBuilder()
                .require(
                    new TaskResourceRequests()
                        .cpus(conf.getInt("spark.task.cpus", 1))
                        .resource("gpu", 1.0 / tasks))
                .build());
  }

  /** How many of an executor's tasks can dream at once. */
  int limit(SparkConf conf, int cores) {
    return tasks > 0 && isByStage(conf) ? Math.min(cores, conf.getInt(AMOUNT, 1) * tasks) : cores;
  }

  /** Whether executors have GPUs. */
  static boolean isConfigured(SparkConf conf) {
    return conf.getInt(AMOUNT, 0) > 0;
  }

  /**
   * Whether stages differ: not if the user says what every task holds, and not with dynamic
   * allocation, for which Spark would start other executors for each profile.
   */
  private static boolean isByStage(SparkConf conf) {
    return isConfigured(conf)
        && !conf.contains(TASK_AMOUNT)
        && MANAGERS.matcher(conf.get("spark.master", "")).matches()
        && !conf.getBoolean("spark.dynamicAllocation.enabled", false);
  }

  /** Lets every task hold a GPU where executors have some but stages cannot differ. */
  public static void configure(SparkConf conf, Device device) {
    if (device != Device.CPU && isConfigured(conf) && !isByStage(conf)) {
      conf.setIfMissing(TASK_AMOUNT, "1");
    }
  }
}
