package io.reverie.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class TaskMemoryTest {

  private static final long GIB = 1L << 30;

  @Test
  void localTasksShareTheMachinesMemory() {
    long one = TaskMemory.of(master("local"), Device.CPU);
    assertThat(one).isGreaterThan(GIB / 2);
    assertThat(TaskMemory.of(master("local[4]"), Device.CPU)).isEqualTo(one / 4);
    assertThat(TaskMemory.of(master("local[4,2]"), Device.CPU)).isEqualTo(one / 4);
    long cores = Runtime.getRuntime().availableProcessors();
    assertThat(TaskMemory.of(master("local[*,4]"), Device.CPU)).isEqualTo(one / cores);
  }

  @Test
  void onAClusterTasksShareTheExecutorsMemory() {
    SparkConf conf =
        master("spark://far:7077")
            .set("spark.executor.memory", "2g")
            .set("spark.executor.memoryOverhead", "3g");
    assertThat(TaskMemory.of(conf, Device.AUTO)).isEqualTo(5 * GIB);
    assertThat(TaskMemory.of(conf.set("spark.executor.cores", "4"), Device.AUTO))
        .isEqualTo(5 * GIB / 4);
    assertThat(TaskMemory.of(conf.set("spark.task.cpus", "2"), Device.AUTO)).isEqualTo(5 * GIB / 2);
    SparkConf plain = master("yarn").set("spark.executor.memory", "10g");
    assertThat(TaskMemory.of(plain, Device.AUTO)).isEqualTo(11 * GIB);
  }

  @Test
  void aRemoteGpuIsAssumedToBeSmall() {
    SparkConf conf = master("k8s://far").set("spark.executor.resource.gpu.amount", "1");
    assertThat(TaskMemory.of(conf, Device.GPU)).isEqualTo(8 * GIB);
    assertThat(TaskMemory.of(conf.set("spark.executor.memory", "10g"), Device.CPU))
        .isEqualTo(11 * GIB);
  }

  private static SparkConf master(String master) {
    return new SparkConf(false).set("spark.master", master);
  }
}
