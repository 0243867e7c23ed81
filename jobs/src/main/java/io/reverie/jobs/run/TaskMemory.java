package io.reverie.jobs.run;

import com.sun.management.OperatingSystemMXBean;
import io.reverie.core.engine.Torch;
import java.lang.management.ManagementFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.network.util.JavaUtils;

/**
 * The memory that one task may fill, heap and all. By what there is, not by what happens to be
 * free, so that it is the same at each run.
 */
public final class TaskMemory {

  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\d+|\\*).*)?");
  private static final long GIB = 1L << 30;

  /** What nearly every GPU has; that of an executor is not to be seen from the driver. */
  private static final long FAR_GPU = 8 * GIB;

  /** Spark's own, where nothing is said of the overhead. */
  private static final double OVERHEAD = 0.1;

  private TaskMemory() {}

  /** Of a task of a job, in bytes. */
  public static long of(SparkConf conf, Device device) {
    Matcher local = LOCAL.matcher(conf.get("spark.master", "local[*]"));
    if (local.matches()) {
      return device != Device.CPU && Torch.gpus() > 0
          ? Torch.gpuMemory()
          : machine() / slots(local.group(1));
    }
    return conf.contains("spark.task.resource.gpu.amount") ? FAR_GPU : ofExecutor(conf);
  }

  /** Of a task on this machine, with as many others as it has cores. */
  public static long here() {
    return of(new SparkConf(false), Device.AUTO);
  }

  /** Of the machine, or of the container around this process. */
  private static long machine() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }

  private static int slots(String said) {
    if (said == null) {
      return 1;
    }
    return said.equals("*") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(said);
  }

  private static long ofExecutor(SparkConf conf) {
    double heap = JavaUtils.byteStringAsBytes(conf.get("spark.executor.memory", "1g"));
    String said = conf.get("spark.executor.memoryOverhead", "");
    double overhead = said.isEmpty() ? OVERHEAD * heap : JavaUtils.byteStringAsMb(said) * 0x1p20;
    int tasks = conf.getInt("spark.executor.cores", 1) / conf.getInt("spark.task.cpus", 1);
    return (long) ((heap + overhead) / Math.max(1, tasks));
  }
}
