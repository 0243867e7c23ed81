package io.reverie.jobs.cli.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.Test;

class WaitingNoticeTest {

  private static final SparkConf CONF =
      new SparkConf(false)
          .set("spark.master", "spark://host:7077")
          .set("spark.executor.memory", "90g");

  @Test
  void whoeverWaitsForAnExecutorIsToldWhatItNeeds() throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    try (WaitingNotice notice = new WaitingNotice(CONF, Duration.ofMillis(1), told::add)) {
      notice.onStageSubmitted(new SparkListenerStageSubmitted(null, null));
      notice.onStageSubmitted(new SparkListenerStageSubmitted(null, null));
      assertThat(told.poll(20, TimeUnit.SECONDS))
          .contains("spark://host:7077", "spark.executor.cores: any", "spark.executor.memory: 90g");
    }
    assertThat(told).isEmpty();
  }

  @Test
  void onceATaskHasStartedNothingIsSaid() {
    List<String> told = new CopyOnWriteArrayList<>();
    try (WaitingNotice notice = new WaitingNotice(CONF, Duration.ofSeconds(30), told::add)) {
      notice.onStageSubmitted(new SparkListenerStageSubmitted(null, null));
      notice.onTaskStart(new SparkListenerTaskStart(0, 0, null));
      notice.onStageSubmitted(new SparkListenerStageSubmitted(null, null));
    }
    assertThat(told).isEmpty();
  }
}
