package io.reverie.jobs.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.operation.JobName;
import io.reverie.jobs.run.Tasks;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TaskProgressIT {

  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    spark = new JavaSparkContext(new SparkConf().setAppName("test").setMaster("local[2]"));
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  private static void dream(String group, FrameCounter counter, List<Integer> frames)
      throws TimeoutException {
    Tasks.run(
        spark,
        new JobName("Dreaming", group, group, "dreaming", ""),
        frames,
        count -> {
          counter.addLone(count, 2.0 * count);
          return count;
        },
        result -> {});
    spark.sc().listenerBus().waitUntilEmpty(60_000);
  }

  @Test
  void theRestOfARunIsEstimatedByWhatIsPlanned() throws TimeoutException {
    AtomicInteger slots = new AtomicInteger(2);
    try (TaskProgress progress =
        TaskProgress.growing(spark.sc(), "Dreaming", "frames", true, slots::get)) {
      progress.plan("a", List.of(30, 10), 0.25);
      dream("a", progress.counter(), List.of(30, 10));
      TaskProgress.State quarter = progress.state();
      assertThat(quarter.done()).isEqualTo(40);
      assertThat(quarter.total()).isEqualTo(160);
      assertThat(quarter.left()).as("120 frames of two seconds on two slots").isEqualTo(120);
      slots.set(4);
      assertThat(progress.state().left()).as("with more executors").isEqualTo(60);
      progress.finish("a");
      progress.plan("b", List.of(20, 20), 0.75);
      TaskProgress.State planned = progress.state();
      assertThat(planned.total()).as("all is known").isEqualTo(80);
      assertThat(planned.left()).isPositive();
      dream("b", progress.counter(), List.of(20, 20));
      assertThat(progress.state().done()).isEqualTo(80);
      assertThat(progress.state().left()).isZero();
    }
  }

  @Test
  void tasksOfOthersDoNotCount() throws TimeoutException {
    try (TaskProgress one = TaskProgress.growing(spark.sc(), "One", "frames", true, () -> 2);
        TaskProgress other = TaskProgress.growing(spark.sc(), "Other", "frames", true, () -> 2)) {
      one.plan("a", List.of(5), 1);
      other.plan("a", List.of(7), 1);
      dream("a", one.counter(), List.of(5));
      assertThat(one.state().done()).isEqualTo(5);
      assertThat(other.state().done()).isZero();
    }
  }
}
