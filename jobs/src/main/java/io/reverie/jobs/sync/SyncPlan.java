package io.reverie.jobs.sync;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.HiddenNames;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.SkippedKinds;
import io.reverie.jobs.storage.Storage;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/**
 * The status of all inputs below a prefix. Two flat listings, of the inputs and of the results with
 * their records, stream into Spark and are joined by the hash of the result's name. The driver
 * holds only counts, and items as they are requested.
 */
final class SyncPlan implements AutoCloseable {

  /** Keeps tasks small, even for a million inputs. */
  private static final int PARTITIONS = 64;

  /** Number of due items that the driver holds at a time. */
  private static final int PAGE = 10_000;

  /** Further suspects wait for another run. */
  private static final int MAX_SUSPECTS = 1000;

  private final JavaRDD<ItemStatus> statuses;
  private final Map<ItemState, Long> counts;
  private final SkippedKinds others;

  private SyncPlan(JavaRDD<ItemStatus> statuses, Map<ItemState, Long> counts, SkippedKinds others) {
    this.statuses = statuses;
    this.counts = counts;
    this.others = others;
  }

  static SyncPlan of(JavaSparkContext spark, SyncFolders folders, StatusRules rules) {
    return of(spark, folders, rules, Math.max(PARTITIONS, spark.defaultParallelism()));
  }

  static SyncPlan of(
      JavaSparkContext spark, SyncFolders folders, StatusRules rules, int partitions) {
    CollectionAccumulator<SkippedKinds> others = spark.sc().collectionAccumulator();
    JavaRDD<ItemStatus> statuses =
        inputs(spark, folders, others)
            .cogroup(records(spark, folders.out()), partitions)
            .mapPartitions(groups -> judge(groups, rules))
            .persist(StorageLevel.DISK_ONLY());
    try {
      Map<ItemState, Long> counts = count(statuses);
      // A task that Spark retried has reported twice.
      return new SyncPlan(
          statuses,
          counts,
          others.value().stream().reduce((first, last) -> last).orElseGet(SkippedKinds::new));
    } catch (Exception e) {
      // Spark's checked exceptions are not declared.
      statuses.unpersist();
      throw listingFailure(e);
    }
  }

  private static JavaPairRDD<String, InputEntry> inputs(
      JavaSparkContext spark, SyncFolders folders, CollectionAccumulator<SkippedKinds> others) {
    return spark
        .parallelize(List.of(folders), 1)
        .flatMap(p -> inputs(p, others))
        .mapToPair(input -> new Tuple2<>(ItemKey.hash(input.result()), input));
  }

  /**
   * Lists the inputs in one task, page by page; at its end the task reports which files it skipped.
   */
  private static Iterator<InputEntry> inputs(
      SyncFolders folders, CollectionAccumulator<SkippedKinds> others) throws IOException {
    Location in = folders.in();
    SkippedKinds skipped = new SkippedKinds();
    TaskCompletionListener report = task -> others.add(skipped);
    TaskContext.get().addTaskCompletionListener(report);
    return closedAtEnd(Storage.of(in).inputs(in, folders.out()))
        .flatMap(
            listed -> {
              Optional<InputEntry> input = InputEntry.of(in, listed);
              if (input.isEmpty() && listed instanceof FileEntry file) {
                String name = in.relative(file.location());
                if (!HiddenNames.holds(name)) {
                  skipped.add(file.location().name());
                }
              }
              return input.stream();
            })
        .iterator();
  }

  private static JavaPairRDD<String, RecordName> records(JavaSparkContext spark, Location out) {
    return spark
        .parallelize(List.of(out), 1)
        .flatMap(folder -> closedAtEnd(Storage.of(folder).list(folder)).iterator())
        .flatMap(entry -> Ledger.recordName(out.relative(entry.location())).stream().iterator())
        .mapToPair(recordName -> new Tuple2<>(recordName.key().result(), recordName));
  }

  private static <T> Stream<T> closedAtEnd(Stream<T> listing) {
    TaskCompletionListener close = task -> listing.close();
    TaskContext.get().addTaskCompletionListener(close);
    return listing;
  }

  private static Iterator<ItemStatus> judge(
      Iterator<Tuple2<String, Tuple2<Iterable<InputEntry>, Iterable<RecordName>>>> groups,
      StatusRules rules) {
    Predicate<String> selected = rules.selection().compiled();
    Iterable<Tuple2<String, Tuple2<Iterable<InputEntry>, Iterable<RecordName>>>> all = () -> groups;
    return StreamSupport.stream(all.spliterator(), false)
        .flatMap(g -> rules.judge(list(g._2._1), list(g._2._2), selected).stream())
        .iterator();
  }

  private static <T> List<T> list(Iterable<T> all) {
    List<T> list = new ArrayList<>();
    all.forEach(list::add);
    return list;
  }

  private static Map<ItemState, Long> count(JavaRDD<ItemStatus> statuses) {
    Map<ItemState, Long> counts = new EnumMap<>(ItemState.class);
    // By name: the hash code of an enum constant differs between JVMs.
    statuses
        .map(status -> status.state().name())
        .countByValue()
        .forEach((name, count) -> counts.put(ItemState.valueOf(name), count));
    return counts;
  }

  private static RuntimeException listingFailure(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UncheckedIOException || cause instanceof IOException) {
        return UserException.environment(Failure.sentence(cause).orElseThrow(), e);
      }
    }
    return e instanceof RuntimeException known ? known : new IllegalStateException(e);
  }

  long count(ItemState state) {
    return counts.getOrDefault(state, 0L);
  }

  /** Files below the prefix that are not inputs; hidden ones do not count. */
  SkippedKinds others() {
    return others;
  }

  /** The number of all inputs. */
  long found() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private record Age(long modified, String name) implements Serializable, Comparable<Age> {

    static Age of(SyncItem item) {
      return new Age(item.input().modified(), item.name());
    }

    @Override
    public int compareTo(Age other) {
      return modified == other.modified
          ? name.compareTo(other.name)
          : Long.compare(modified, other.modified);
    }
  }

  /** Due items, the oldest first, without suspects. */
  Iterator<SyncItem> due() {
    long count = count(ItemState.DUE);
    if (count == 0) {
      return List.<SyncItem>of().iterator();
    }
    return statuses
        .filter(status -> status.is(ItemState.DUE) && !status.item().suspect())
        .map(ItemStatus::item)
        .sortBy(Age::of, true, (int) (count / PAGE + 1))
        .toLocalIterator();
  }

  private static final class LeastTriedFirst implements Comparator<SyncItem>, Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public int compare(SyncItem a, SyncItem b) {
      return a.attempt() == b.attempt()
          ? Age.of(a).compareTo(Age.of(b))
          : Integer.compare(a.attempt(), b.attempt());
    }
  }

  /**
   * Suspects among the due items, those with the fewest attempts first: most of them only ran
   * beside the one that crashed the machine, and finish before it is tried again.
   */
  List<SyncItem> suspects() {
    return count(ItemState.DUE) == 0
        ? List.of()
        : statuses
            .filter(status -> status.is(ItemState.DUE) && status.item().suspect())
            .map(ItemStatus::item)
            .takeOrdered(MAX_SUSPECTS, new LeastTriedFirst());
  }

  List<SyncItem> quarantined(int limit) {
    return some(ItemState.QUARANTINED, limit);
  }

  /** Some items of a state. */
  List<SyncItem> some(ItemState state, int limit) {
    return count(state) == 0
        ? List.of()
        : statuses.filter(status -> status.is(state)).map(ItemStatus::item).take(limit);
  }

  /** The items of a state that were changed last. */
  List<SyncItem> newest(ItemState state, int limit) {
    return count(state) == 0
        ? List.of()
        : statuses
            .filter(status -> status.is(state))
            .map(ItemStatus::item)
            .takeOrdered(limit, new NewestFirst());
  }

  private static final class NewestFirst implements Comparator<SyncItem>, Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public int compare(SyncItem a, SyncItem b) {
      return Age.of(b).compareTo(Age.of(a));
    }
  }

  /** All statuses, fetched page by page. */
  Iterator<ItemStatus> all() {
    return statuses.toLocalIterator();
  }

  @Override
  public void close() {
    statuses.unpersist();
  }
}
