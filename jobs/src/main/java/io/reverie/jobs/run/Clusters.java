package io.reverie.jobs.run;

import io.reverie.jobs.forecast.Cluster;
import io.reverie.video.memory.ProcessMemory;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.network.util.JavaUtils;

/** The machines of a Spark context, as a forecast sees them. */
public final class Clusters {

  private Clusters() {}

  /**
   * Returns the executors of this run; in local mode this process is the only one.
   *
   * @param options choose the device of the dreams
   */
  public static Cluster of(JavaSparkContext spark, RunOptions options) {
    if (spark.isLocal()) {
      return new Cluster(1, spark.defaultParallelism(), ProcessMemory.ofThisProcess());
    }
    SparkConf conf = spark.getConf();
    int known = spark.sc().statusTracker().getExecutorInfos().length - 1;
    int cores = conf.getInt("spark.executor.cores", 1) / conf.getInt("spark.task.cpus", 1);
    double heap = JavaUtils.byteStringAsBytes(conf.get("spark.executor.memory", "1g"));
    double all = (double) TaskMemory.of(conf, Device.CPU) * Math.max(1, cores);
    return new Cluster(
        Math.max(1, Math.max(known, conf.getInt("spark.executor.instances", 1))),
        TaskGpu.of(options).limit(conf, Math.max(1, cores)),
        new ProcessMemory(heap, all));
  }
}
