package io.reverie.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.process.ExecutorSetup;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which ends of attempts count, as Spark reports them. */
class AttemptsIT {

  private static final int KILLS = 5;

  private static final AtomicLong PROGRESS = new AtomicLong();

  private JavaSparkContext spark;

  @BeforeEach
  void start() {
    PROGRESS.set(0);
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2,8]")
                .setAppName("attempts")
                .set("spark.plugins", ExecutorSetup.class.getName()));
    spark.setLogLevel("OFF");
  }

  @AfterEach
  void stop() {
    spark.stop();
  }

  /** What the last attempt found. */
  private record Found(int attempt, String exhausted) implements java.io.Serializable {}

  private Found run(org.apache.spark.api.java.function.Function<Integer, Found> task) {
    return spark.parallelize(List.of(1), 1).map(task).collect().get(0);
  }

  private static Found found() {
    return new Found(
        TaskContext.get().attemptNumber(), Attempts.exhausted(() -> PROGRESS.get()).orElse(""));
  }

  @Test
  void killedAttemptsAreNoFailures() {
    Found last =
        run(
            each -> {
              Found found = found();
              if (found.attempt() < KILLS) {
                // From the task itself: a kill that arrives before the task has started is lost.
                SparkContext.getOrCreate()
                    .killTaskAttempt(TaskContext.get().taskAttemptId(), true, "preempted");
                new CountDownLatch(1).await();
              }
              return found;
            });
    assertThat(last).isEqualTo(new Found(KILLS, ""));
  }

  @Test
  void anItemIsGivenUpAfterThreeFailuresWithoutProgress() {
    Found last =
        run(
            each -> {
              Found found = found();
              if (found.exhausted().isEmpty()) {
                throw new LinkageError("as if the process had died");
              }
              return found;
            });
    assertThat(last.attempt()).isEqualTo(3);
    assertThat(last.exhausted()).startsWith("it ended 3 times with a JVM error");
  }

  @Test
  void failuresAfterProgressStartAgainFromZero() {
    Found last =
        run(
            each -> {
              Found found = found();
              if (found.exhausted().isEmpty() && found.attempt() < 6) {
                PROGRESS.incrementAndGet();
                throw new LinkageError("as if the process had died");
              }
              return found;
            });
    assertThat(last).isEqualTo(new Found(6, ""));
  }

  @Test
  void evenWithProgressAnItemIsGivenUpBeforeSparkAbortsTheJob() {
    Found last =
        run(
            each -> {
              Found found = found();
              if (found.exhausted().isEmpty()) {
                PROGRESS.incrementAndGet();
                throw new LinkageError("as if the process had died");
              }
              return found;
            });
    assertThat(last.attempt()).isEqualTo(7);
    assertThat(last.exhausted()).contains("7 times");
  }

  @Test
  void workPrefersTheMachinesOfItsInput() {
    List<String> work = List.of("a", "b");
    var rdd = Locality.near(spark, work, List.of(List.of("host-1", "host-2"), List.of()));
    assertThat(rdd.getNumPartitions()).isEqualTo(2);
    assertThat(rdd.collect()).isEqualTo(work);
    assertThat(
            scala.jdk.javaapi.CollectionConverters.asJava(
                rdd.rdd().preferredLocations(rdd.rdd().partitions()[0])))
        .containsExactly("host-1", "host-2");
  }
}
