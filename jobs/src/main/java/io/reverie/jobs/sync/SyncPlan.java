package io.reverie.jobs.sync;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.listing.SkippedKinds;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.ListingRange;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.sync.input.InputEntry;
import io.reverie.jobs.sync.packed.PackedKeys;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
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
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.CollectionAccumulator;
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

  /** Marks items that are done by a record of their own. */
  private static final String LOOSE = "+";

  private final JavaRDD<ItemStatus> statuses;
  private final Map<ItemState, Long> counts;
  private final InputListing.Part seen;
  private final long loose;

  private SyncPlan(
      JavaRDD<ItemStatus> statuses,
      Map<ItemState, Long> counts,
      InputListing.Part seen,
      long loose) {
    this.statuses = statuses;
    this.counts = counts;
    this.seen = seen;
    this.loose = loose;
  }

  /**
   * What to plan from.
   *
   * @param earlier records that are packed
   * @param lists whether every input must be listed among the statuses, even if its packed record
   *     says that it is done
   * @param names of the only inputs to look up; empty to list all
   */
  record Sources(
      SyncFolders folders,
      StatusRules rules,
      EarlierRuns earlier,
      boolean lists,
      List<String> names) {}

  static SyncPlan of(JavaSparkContext spark, Sources sources) {
    return of(spark, sources, Math.max(PARTITIONS, spark.defaultParallelism()));
  }

  static SyncPlan of(JavaSparkContext spark, Sources sources, int partitions) {
    CollectionAccumulator<InputListing.Part> parts = spark.sc().collectionAccumulator();
    Broadcast<PackedKeys> packed = spark.broadcast(sources.earlier().keys());
    StatusRules rules = sources.rules();
    JavaRDD<ItemStatus> statuses =
        new InputListing(spark, sources, packed, parts)
            .inputs()
            .mapToPair(input -> new Tuple2<>(ItemKey.hash(input.result()), input))
            .cogroup(records(spark, sources), partitions)
            .mapPartitions(groups -> judge(groups, rules, packed))
            .persist(StorageLevel.DISK_ONLY());
    try {
      Map<ItemState, Long> counts = new EnumMap<>(ItemState.class);
      // By name: the hash code of an enum constant differs between JVMs.
      Map<String, Long> names =
          statuses
              .map(status -> status.state().name() + (status.isLoose() ? LOOSE : ""))
              .countByValue();
      names.forEach(
          (name, count) ->
              counts.merge(ItemState.valueOf(name.replace(LOOSE, "")), count, Long::sum));
      InputListing.Part all = InputListing.Part.sum(parts.value());
      counts.merge(ItemState.DONE, all.done(), Long::sum);
      return new SyncPlan(
          statuses, counts, all, names.getOrDefault(ItemState.DONE.name() + LOOSE, 0L));
    } catch (Exception e) {
      // Spark's checked exceptions are not declared.
      statuses.unpersist();
      throw listingFailure(e);
    }
  }

  private static JavaPairRDD<String, RecordName> records(JavaSparkContext spark, Sources sources) {
    Ledger ledger = sources.earlier().ledger();
    Location from = sources.rules().trusted() ? ledger.records() : ledger.results();
    List<ListingRange> ranges = InputListing.split(spark, from);
    return spark
        .parallelize(ranges, ranges.size())
        .flatMap(
            range ->
                InputListing.closedAtEnd(Storage.of(from).walk(from, range))
                    .flatMap(l -> l instanceof FileEntry file ? Stream.of(file) : Stream.empty())
                    .flatMap(file -> ledger.recordName(file).stream())
                    .iterator())
        .mapToPair(record -> new Tuple2<>(record.key().result(), record));
  }

  private static Iterator<ItemStatus> judge(
      Iterator<Tuple2<String, Tuple2<Iterable<InputEntry>, Iterable<RecordName>>>> groups,
      StatusRules rules,
      Broadcast<PackedKeys> packed) {
    Predicate<String> selected = rules.selection().compiled();
    Iterable<Tuple2<String, Tuple2<Iterable<InputEntry>, Iterable<RecordName>>>> all = () -> groups;
    return StreamSupport.stream(all.spliterator(), false)
        .flatMap(
            g -> {
              List<RecordName> records = list(g._2._2);
              packed.value().of(g._1).forEach(each -> records.add(RecordName.packed(each)));
              return rules.judge(list(g._2._1), records, selected).stream();
            })
        .filter(status -> !status.is(ItemState.ORPHAN) || isAsMade(status))
        .iterator();
  }

  /** Whether a result was not replaced since its record, not even by an older file. */
  private static boolean isAsMade(ItemStatus orphan) {
    FileEntry result = orphan.item().input();
    try {
      return Storage.of(result.location()).touched(result) <= orphan.made();
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> List<T> list(Iterable<T> all) {
    List<T> list = new ArrayList<>();
    all.forEach(list::add);
    return list;
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
    return seen.skipped();
  }

  /** The number of all inputs. */
  long found() {
    return counts.entrySet().stream()
        .filter(each -> each.getKey() != ItemState.ORPHAN)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** The number of items that are done by a record of their own. */
  long loose() {
    return loose;
  }

  /** Items that are done by a record of their own. */
  Iterator<ItemStatus> looseItems() {
    return statuses.filter(ItemStatus::isLoose).toLocalIterator();
  }

  /** Why something could not be listed; empty if everything could. */
  Optional<String> fault() {
    return seen.fault().isEmpty()
        ? statuses.filter(status -> status.item().hasFault()).take(1).stream()
            .map(status -> status.item().refusal())
            .findFirst()
        : Optional.of(seen.fault());
  }

  /** All results whose inputs are gone, fetched page by page. */
  Iterator<SyncItem> orphans() {
    return count(ItemState.ORPHAN) == 0
        ? List.<SyncItem>of().iterator()
        : statuses
            .filter(status -> status.is(ItemState.ORPHAN))
            .map(ItemStatus::item)
            .toLocalIterator();
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
