package io.reverie.jobs.sync;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.storage.Entry;
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
 * How all inputs below a prefix stand. Two flat listings, of the inputs and of the results with
 * their records, stream into Spark and meet there by the hash of the result's name; the driver
 * holds counts, and items as they are asked for.
 */
final class SyncPlan implements AutoCloseable {

  /** So that a million inputs make no large task. */
  private static final int PARTITIONS = 64;

  /** What the driver holds at a time of the items that are due. */
  private static final int PAGE = 10_000;

  /** More of those that may have killed a machine wait for another run. */
  private static final int MOST_SUSPECTS = 1000;

  private final JavaRDD<ItemStatus> standings;
  private final Map<ItemState, Long> counts;
  private final SkippedKinds others;

  private SyncPlan(
      JavaRDD<ItemStatus> standings, Map<ItemState, Long> counts, SkippedKinds others) {
    this.standings = standings;
    this.counts = counts;
    this.others = others;
  }

  static SyncPlan of(JavaSparkContext spark, Prefixes prefixes, StatusRules rules) {
    return of(spark, prefixes, rules, Math.max(PARTITIONS, spark.defaultParallelism()));
  }

  static SyncPlan of(JavaSparkContext spark, Prefixes prefixes, StatusRules rules, int partitions) {
    CollectionAccumulator<SkippedKinds> others = spark.sc().collectionAccumulator();
    JavaRDD<ItemStatus> standings =
        inputs(spark, prefixes, others)
            .cogroup(traces(spark, prefixes.out()), partitions)
            .mapPartitions(groups -> judge(groups, rules))
            .persist(StorageLevel.DISK_ONLY());
    try {
      Map<ItemState, Long> counts = count(standings);
      // A task that Spark has tried twice has told twice.
      return new SyncPlan(
          standings,
          counts,
          others.value().stream().reduce((first, last) -> last).orElseGet(SkippedKinds::new));
    } catch (Exception e) {
      // Spark's own exceptions are checked, and declared nowhere.
      standings.unpersist();
      throw unlisted(e);
    }
  }

  private static JavaPairRDD<String, InputEntry> inputs(
      JavaSparkContext spark, Prefixes prefixes, CollectionAccumulator<SkippedKinds> others) {
    return spark
        .parallelize(List.of(prefixes), 1)
        .flatMap(p -> found(p, others))
        .mapToPair(found -> new Tuple2<>(Mark.hash(found.result()), found));
  }

  /** One task lists, page by page, and tells at its end what it has left out. */
  private static Iterator<InputEntry> found(
      Prefixes prefixes, CollectionAccumulator<SkippedKinds> others) throws IOException {
    Location in = prefixes.in();
    SkippedKinds skipped = new SkippedKinds();
    TaskCompletionListener tell = task -> others.add(skipped);
    TaskContext.get().addTaskCompletionListener(tell);
    return closedAtEnd(Storage.of(in).inputs(in, prefixes.out()))
        .flatMap(
            listed -> {
              Optional<InputEntry> found = InputEntry.of(in, listed);
              if (found.isEmpty() && listed instanceof Entry file) {
                String name = in.relative(file.location());
                if (!InputKind.isHidden(name)) {
                  skipped.add(file.location().name());
                }
              }
              return found.stream();
            })
        .iterator();
  }

  private static JavaPairRDD<String, RecordName> traces(JavaSparkContext spark, Location out) {
    return spark
        .parallelize(List.of(out), 1)
        .flatMap(folder -> closedAtEnd(Storage.of(folder).list(folder)).iterator())
        .flatMap(entry -> Ledger.trace(out.relative(entry.location())).stream().iterator())
        .mapToPair(trace -> new Tuple2<>(trace.mark().result(), trace));
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

  private static Map<ItemState, Long> count(JavaRDD<ItemStatus> standings) {
    Map<ItemState, Long> counts = new EnumMap<>(ItemState.class);
    // By name: the hash of an enum's constant differs from machine to machine.
    standings
        .map(standing -> standing.state().name())
        .countByValue()
        .forEach((name, count) -> counts.put(ItemState.valueOf(name), count));
    return counts;
  }

  private static RuntimeException unlisted(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UncheckedIOException || cause instanceof IOException) {
        return UserException.environment(Failure.sentence(cause).orElseThrow(), e);
      }
    }
    return e instanceof RuntimeException known ? known : new IllegalStateException(e);
  }

  /** How many stand so. */
  long count(ItemState state) {
    return counts.getOrDefault(state, 0L);
  }

  /** Files below the prefix that are no inputs; hidden ones do not count. */
  SkippedKinds others() {
    return others;
  }

  /** How many there are. */
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

  /** What is due, the oldest first; without those that may have killed a machine. */
  Iterator<SyncItem> due() {
    long count = count(ItemState.DUE);
    if (count == 0) {
      return List.<SyncItem>of().iterator();
    }
    return standings
        .filter(standing -> standing.is(ItemState.DUE) && !standing.item().suspect())
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
   * What is due and may have killed a machine, those with the fewest attempts first: most of them
   * only ran beside the one that did, and are done before it is tried once more.
   */
  List<SyncItem> suspects() {
    return count(ItemState.DUE) == 0
        ? List.of()
        : standings
            .filter(standing -> standing.is(ItemState.DUE) && standing.item().suspect())
            .map(ItemStatus::item)
            .takeOrdered(MOST_SUSPECTS, new LeastTriedFirst());
  }

  /** Some of those that failed too often. */
  List<SyncItem> quarantined(int most) {
    return count(ItemState.QUARANTINED) == 0
        ? List.of()
        : standings
            .filter(standing -> standing.is(ItemState.QUARANTINED))
            .map(ItemStatus::item)
            .take(most);
  }

  /** Every input, page by page. */
  Iterator<ItemStatus> all() {
    return standings.toLocalIterator();
  }

  @Override
  public void close() {
    standings.unpersist();
  }
}
