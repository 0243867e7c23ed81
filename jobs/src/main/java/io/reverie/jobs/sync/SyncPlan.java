package io.reverie.jobs.sync;

import io.reverie.jobs.Failure;
import io.reverie.jobs.UserException;
import io.reverie.jobs.storage.Entry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.OtherKinds;
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

  private final JavaRDD<Standing> standings;
  private final Map<State, Long> counts;
  private final OtherKinds others;

  private SyncPlan(JavaRDD<Standing> standings, Map<State, Long> counts, OtherKinds others) {
    this.standings = standings;
    this.counts = counts;
    this.others = others;
  }

  static SyncPlan of(JavaSparkContext spark, Prefixes prefixes, Rules rules) {
    return of(spark, prefixes, rules, Math.max(PARTITIONS, spark.defaultParallelism()));
  }

  static SyncPlan of(JavaSparkContext spark, Prefixes prefixes, Rules rules, int partitions) {
    CollectionAccumulator<OtherKinds> others = spark.sc().collectionAccumulator();
    JavaRDD<Standing> standings =
        inputs(spark, prefixes, others)
            .cogroup(traces(spark, prefixes.out()), partitions)
            .mapPartitions(groups -> judge(groups, rules))
            .persist(StorageLevel.DISK_ONLY());
    try {
      Map<State, Long> counts = count(standings);
      // A task that Spark has tried twice has told twice.
      return new SyncPlan(
          standings,
          counts,
          others.value().stream().reduce((first, last) -> last).orElseGet(OtherKinds::new));
    } catch (Exception e) {
      // Spark's own exceptions are checked, and declared nowhere.
      standings.unpersist();
      throw unlisted(e);
    }
  }

  private static JavaPairRDD<String, Found> inputs(
      JavaSparkContext spark, Prefixes prefixes, CollectionAccumulator<OtherKinds> others) {
    return spark
        .parallelize(List.of(prefixes), 1)
        .flatMap(p -> found(p, others))
        .mapToPair(found -> new Tuple2<>(Mark.hash(found.result()), found));
  }

  /** One task lists, page by page, and tells at its end what it has left out. */
  private static Iterator<Found> found(Prefixes prefixes, CollectionAccumulator<OtherKinds> others)
      throws IOException {
    Location in = prefixes.in();
    OtherKinds skipped = new OtherKinds();
    TaskCompletionListener tell = task -> others.add(skipped);
    TaskContext.get().addTaskCompletionListener(tell);
    return closedAtEnd(Storage.of(in).inputs(in, prefixes.out()))
        .flatMap(
            listed -> {
              Optional<Found> found = Found.of(in, listed);
              if (found.isEmpty() && listed instanceof Entry file) {
                String name = in.relative(file.location());
                if (!Kind.isHidden(name)) {
                  skipped.add(file.location().name());
                }
              }
              return found.stream();
            })
        .iterator();
  }

  private static JavaPairRDD<String, Trace> traces(JavaSparkContext spark, Location out) {
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

  private static Iterator<Standing> judge(
      Iterator<Tuple2<String, Tuple2<Iterable<Found>, Iterable<Trace>>>> groups, Rules rules) {
    Predicate<String> selected = rules.selection().compiled();
    Iterable<Tuple2<String, Tuple2<Iterable<Found>, Iterable<Trace>>>> all = () -> groups;
    return StreamSupport.stream(all.spliterator(), false)
        .flatMap(g -> rules.judge(list(g._2._1), list(g._2._2), selected).stream())
        .iterator();
  }

  private static <T> List<T> list(Iterable<T> all) {
    List<T> list = new ArrayList<>();
    all.forEach(list::add);
    return list;
  }

  private static Map<State, Long> count(JavaRDD<Standing> standings) {
    Map<State, Long> counts = new EnumMap<>(State.class);
    // By name: the hash of an enum's constant differs from machine to machine.
    standings
        .map(standing -> standing.state().name())
        .countByValue()
        .forEach((name, count) -> counts.put(State.valueOf(name), count));
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
  long count(State state) {
    return counts.getOrDefault(state, 0L);
  }

  /** Files below the prefix that are no inputs; hidden ones do not count. */
  OtherKinds others() {
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
    long count = count(State.DUE);
    if (count == 0) {
      return List.<SyncItem>of().iterator();
    }
    return standings
        .filter(standing -> standing.is(State.DUE) && !standing.item().suspect())
        .map(Standing::item)
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
    return count(State.DUE) == 0
        ? List.of()
        : standings
            .filter(standing -> standing.is(State.DUE) && standing.item().suspect())
            .map(Standing::item)
            .takeOrdered(MOST_SUSPECTS, new LeastTriedFirst());
  }

  /** Some of those that failed too often. */
  List<SyncItem> quarantined(int most) {
    return count(State.QUARANTINED) == 0
        ? List.of()
        : standings
            .filter(standing -> standing.is(State.QUARANTINED))
            .map(Standing::item)
            .take(most);
  }

  /** Every input, page by page. */
  Iterator<Standing> all() {
    return standings.toLocalIterator();
  }

  @Override
  public void close() {
    standings.unpersist();
  }
}
