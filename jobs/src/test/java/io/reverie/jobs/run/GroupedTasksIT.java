package io.reverie.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.operation.JobName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many small pieces of work, of which some end their task without a result. */
class GroupedTasksIT {

  private static final int PIECES = 300;

  private static JavaSparkContext spark;

  /** How often each piece was begun. */
  private static final Map<Integer, AtomicInteger> BEGUN = new ConcurrentHashMap<>();

  /** What was published, in place of files. */
  private static final Map<Integer, String> PUBLISHED = new ConcurrentHashMap<>();

  @BeforeAll
  static void start() {
    spark = new JavaSparkContext(new SparkConf().setAppName("test").setMaster("local[2,4]"));
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @BeforeEach
  void clear() {
    BEGUN.clear();
    PUBLISHED.clear();
  }

  private static int begin(int piece) {
    return BEGUN.computeIfAbsent(piece, p -> new AtomicInteger()).incrementAndGet();
  }

  private static String publish(int piece) {
    String result = "result " + piece;
    PUBLISHED.put(piece, result);
    return result;
  }

  private static Optional<String> published(int piece) {
    return Optional.ofNullable(PUBLISHED.get(piece));
  }

  private static List<Integer> pieces() {
    return IntStream.range(0, PIECES).boxed().toList();
  }

  private static List<String> results() {
    return pieces().stream().map(piece -> "result " + piece).toList();
  }

  private static List<String> run(GroupedTasks.Kind<Integer, String> kind, List<String> ended) {
    return GroupedTasks.run(spark, JobName.of("Testing"), TaskGpu.NONE, pieces(), kind, ended::add);
  }

  private static void assertOthersWereBegunOnce(int except) {
    assertThat(BEGUN).hasSize(PIECES);
    BEGUN.forEach(
        (piece, times) -> {
          if (piece != except) {
            assertThat(times).as("piece %d", piece).hasValue(1);
          }
        });
  }

  @Test
  void fastPiecesShareTasksAndEachIsDoneOnce() {
    AtomicInteger tasks = new AtomicInteger();
    SparkListener counter =
        new SparkListener() {
          @Override
          public void onTaskStart(SparkListenerTaskStart started) {
            tasks.incrementAndGet();
          }
        };
    spark.sc().addSparkListener(counter);
    List<String> ended = Collections.synchronizedList(new ArrayList<>());
    List<String> results =
        run(
            new GroupedTasks.Kind<>(
                piece -> {
                  begin(piece);
                  return publish(piece);
                },
                GroupedTasksIT::published),
            ended);
    spark.sc().removeSparkListener(counter);
    assertThat(results).isEqualTo(results());
    assertThat(ended).containsExactlyInAnyOrderElementsOf(results());
    assertOthersWereBegunOnce(-1);
    assertThat(tasks.get()).isBetween(8, PIECES / 3);
  }

  @Test
  void noWorkNeedsNoTask() {
    assertThat(
            GroupedTasks.run(
                spark,
                JobName.of("Testing"),
                TaskGpu.NONE,
                List.<Integer>of(),
                new GroupedTasks.Kind<Integer, String>(
                    GroupedTasksIT::publish, GroupedTasksIT::published),
                result -> {}))
        .isEmpty();
  }

  /** A piece in the middle of a group crashes every task that it is in. */
  @Test
  void aPoisonedPieceFailsAloneAndNoOtherIsRepeated() {
    int poisoned = 100;
    List<String> ended = Collections.synchronizedList(new ArrayList<>());
    List<String> results =
        run(
            new GroupedTasks.Kind<>(
                piece -> {
                  Optional<String> exhausted = Attempts.exhausted();
                  if (exhausted.isPresent()) {
                    return "failed";
                  }
                  begin(piece);
                  if (piece == poisoned) {
                    throw new LinkageError("as a crash of the worker");
                  }
                  return publish(piece);
                },
                GroupedTasksIT::published),
            ended);
    List<String> expected = new ArrayList<>(results());
    expected.set(poisoned, "failed");
    assertThat(results).isEqualTo(expected);
    assertThat(ended).containsExactlyInAnyOrderElementsOf(expected);
    assertOthersWereBegunOnce(poisoned);
    // Once in its group, and as often as Spark allows in a task of its own.
    assertThat(BEGUN.get(poisoned)).hasValue(1 + 3);
  }

  /** A task is lost after it has published a piece: its result is not made again. */
  @Test
  void aLostTaskRepeatsNothingThatItHasFinished() {
    int last = 120;
    List<String> results =
        run(
            new GroupedTasks.Kind<>(
                piece -> {
                  int time = begin(piece);
                  String result = publish(piece);
                  if (piece == last && time == 1) {
                    throw new LinkageError("as a crash of the worker");
                  }
                  return result;
                },
                GroupedTasksIT::published),
            new ArrayList<>());
    assertThat(results).isEqualTo(results());
    assertOthersWereBegunOnce(-1);
  }

  @Test
  void aTaskThatFailsForGoodEndsTheRun() {
    GroupedTasks.Kind<Integer, String> kind =
        new GroupedTasks.Kind<>(
            piece -> {
              if (piece == 7) {
                throw new LinkageError("a broken installation");
              }
              return publish(piece);
            },
            GroupedTasksIT::published);
    assertThatThrownBy(() -> run(kind, new ArrayList<>()))
        .isInstanceOf(SparkException.class)
        .hasMessageContaining("a broken installation");
  }
}
