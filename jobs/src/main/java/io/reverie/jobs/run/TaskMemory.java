package io.reverie.jobs.run;

import com.sun.management.OperatingSystemMXBean;
import io.reverie.core.engine.Torch;
import java.lang.management.ManagementFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.network.util.JavaUtils;

/**
 * The memory available to one task, heap included. It depends on capacity, not on what is free at
 * the moment, so every run computes the same value.
 */
public final class TaskMemory {

  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\d+|\\*).*)?");
  private static final long GIB = 1L << 30;

  /** Assumed for the GPU of an executor, which the driver cannot query. */
  private static final long REMOTE_GPU = 8 * GIB;

  /** Spark's default, as a fraction of the heap. */
  private static final double DEFAULT_OVERHEAD = 0.1;

  private TaskMemory() {}

  /** Returns the bytes for one task of a job. */
  public static long of(SparkConf conf, Device device) {
    Matcher local = LOCAL.matcher(conf.get("spark.master", "local[*]"));
    if (local.matches()) {
      return device != Device.CPU && Torch.gpus() > 0
          ? Torch.gpuMemory()
          : machine() / slots(local.group(1));
    }
    return device != Device.CPU && TaskGpu.isConfigured(conf) ? REMOTE_GPU : ofExecutor(conf);
  }

  /** Returns the bytes for one task on this machine, with one task per core. */
  public static long forThisTask() {
    return of(new SparkConf(false), Device.AUTO);
  }

  /** Physical memory, or the limit of the container. */
  private static long machine() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }

  private static int slots(String threads) {
    if (threads == null) {
      return 1;
    }
    return threads.equals("*")
        ? Runtime.getRuntime().availableProcessors()
        : Integer.parseInt(threads);
  }

  private static long ofExecutor(SparkConf conf) {
    double heap = JavaUtils.byteStringAsBytes(conf.get("spark.executor.memory", "1g"));
    String configured = conf.get("spark.executor.memoryOverhead", "");
    double overhead =
        configured.isEmpty()
            ? DEFAULT_OVERHEAD * heap
            : JavaUtils.byteStringAsMb(configured) * 0x1p20;
    int tasks = conf.getInt("spark.executor.cores", 1) / conf.getInt("spark.task.cpus", 1);
    return (long) ((heap + overhead) / Math.max(1, tasks));
  }
}
