package io.reverie.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskGpuTest {

  private static final String TASK_AMOUNT = "spark.task.resource.gpu.amount";

  @ParameterizedTest
  @ValueSource(
      strings = {"spark://far:7077", "yarn", "k8s://https://far", "local-cluster[2,1,1024]"})
  void stagesDifferWhereExecutorsHaveGpus(String master) {
    SparkConf conf = gpus(master);
    TaskGpu.configure(conf, Device.AUTO);
    assertThat(conf.contains(TASK_AMOUNT)).isFalse();
    assertThat(TaskGpu.shared(Device.AUTO, 1).limit(conf, 8)).isEqualTo(2);
    assertThat(TaskGpu.shared(Device.GPU, 3).limit(conf, 8)).isEqualTo(6);
    assertThat(TaskGpu.shared(Device.GPU, 3).limit(conf, 4)).isEqualTo(4);
    assertThat(TaskGpu.NONE.limit(conf, 8)).isEqualTo(8);
  }

  @Test
  void everyTaskHoldsOneWhereStagesCannotDiffer() {
    SparkConf unknown = gpus("other://far");
    TaskGpu.configure(unknown, Device.AUTO);
    assertThat(unknown.get(TASK_AMOUNT)).isEqualTo("1");
    SparkConf dynamic = gpus("yarn").set("spark.dynamicAllocation.enabled", "true");
    TaskGpu.configure(dynamic, Device.GPU);
    assertThat(dynamic.get(TASK_AMOUNT)).isEqualTo("1");
  }

  @Test
  void theUsersAmountStays() {
    SparkConf conf = gpus("yarn").set(TASK_AMOUNT, "0.25");
    TaskGpu.configure(conf, Device.AUTO);
    assertThat(conf.get(TASK_AMOUNT)).isEqualTo("0.25");
    assertThat(TaskGpu.shared(Device.AUTO, 1).limit(conf, 8)).isEqualTo(8);
  }

  @Test
  void dreamsOnCpusHoldNone() {
    assertThat(TaskGpu.shared(Device.CPU, 4)).isEqualTo(TaskGpu.NONE);
    SparkConf conf = gpus("other://far");
    TaskGpu.configure(conf, Device.CPU);
    assertThat(conf.contains(TASK_AMOUNT)).isFalse();
    SparkConf without = new SparkConf(false).set("spark.master", "other://far");
    TaskGpu.configure(without, Device.AUTO);
    assertThat(without.contains(TASK_AMOUNT)).isFalse();
  }

  private static SparkConf gpus(String master) {
    return new SparkConf(false)
        .set("spark.master", master)
        .set("spark.executor.resource.gpu.amount", "2");
  }
}
