package io.reverie.jobs.sync;

import io.reverie.jobs.listing.HiddenNames;
import io.reverie.jobs.listing.SkippedKinds;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.ListingEntry;
import io.reverie.jobs.storage.ListingFault;
import io.reverie.jobs.storage.ListingRange;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.sync.input.InputEntry;
import io.reverie.jobs.sync.input.InputKind;
import io.reverie.jobs.sync.packed.PackedKeys;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Lists the inputs below a prefix, a part of it in each task, page by page. Inputs that are done
 * for certain are only counted.
 *
 * @param packed records of results that are done
 * @param parts receives what each task has seen besides inputs
 */
record InputListing(
    JavaSparkContext spark,
    SyncPlan.Sources sources,
    Broadcast<PackedKeys> packed,
    CollectionAccumulator<Part> parts) {

  private static final int MAX_PARTS = 64;

  /**
   * What a task has seen besides inputs.
   *
   * @param number of the task
   * @param skipped files that are not inputs
   * @param done number of inputs that are done for certain
   * @param fault one that may hide inputs, and is none itself; empty if there is none
   */
  record Part(int number, SkippedKinds skipped, long done, String fault) implements Serializable {

    /** The sum over tasks; a task that Spark retried has reported twice. */
    static Part sum(List<Part> all) {
      Map<Integer, Part> last = new HashMap<>();
      all.forEach(part -> last.put(part.number(), part));
      SkippedKinds skipped = new SkippedKinds();
      last.values().forEach(part -> skipped.addAll(part.skipped()));
      return new Part(
          0,
          skipped,
          last.values().stream().mapToLong(Part::done).sum(),
          last.values().stream().map(Part::fault).max(Comparator.naturalOrder()).orElse(""));
    }
  }

  /** Divides a folder among the tasks that can run at once. */
  static List<ListingRange> split(JavaSparkContext spark, Location folder) {
    try {
      return new ArrayList<>(
          Storage.of(folder).split(folder, Math.min(MAX_PARTS, 4 * spark.defaultParallelism())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JavaRDD<InputEntry> inputs() {
    SyncFolders folders = sources.folders();
    StatusRules rules = sources.rules();
    boolean counts = rules.trusted() && !sources.lists();
    Broadcast<PackedKeys> keys = packed;
    CollectionAccumulator<Part> seen = parts;
    if (!sources.names().isEmpty()) {
      List<String> names = new ArrayList<>(sources.names());
      return spark
          .parallelize(names, Math.min(MAX_PARTS, names.size()))
          .mapPartitions(some -> lookedUp(folders, some, seen));
    }
    List<ListingRange> ranges = split(spark, folders.in());
    return spark
        .parallelize(ranges, ranges.size())
        .flatMap(range -> inputs(folders, range, counts, rules, keys, seen));
  }

  /** Looks up inputs by name. */
  private static Iterator<InputEntry> lookedUp(
      SyncFolders folders, Iterator<String> names, CollectionAccumulator<Part> parts)
      throws IOException {
    SkippedKinds skipped = new SkippedKinds();
    List<InputEntry> found = new ArrayList<>();
    while (names.hasNext()) {
      String name = names.next();
      Optional<InputKind> kind = InputKind.of(name);
      if (kind.isPresent()) {
        lookedUp(folders, name, kind.get()).ifPresent(found::add);
      } else {
        skipped.add(folders.in().resolve(name).name());
      }
    }
    parts.add(new Part(TaskContext.getPartitionId(), skipped, 0, ""));
    return found.iterator();
  }

  /** Looks up an input, which may be unreadable; empty if it is a result. */
  private static Optional<InputEntry> lookedUp(SyncFolders folders, String name, InputKind kind)
      throws IOException {
    Location file = folders.in().resolve(name);
    FileEntry unknown = new FileEntry(file, 0, 0, "");
    try {
      Storage storage = Storage.of(file);
      if (folders.out().holds(storage.real(file))) {
        return Optional.empty();
      }
      Optional<FileEntry> entry = storage.find(file);
      if (entry.isEmpty()) {
        return Optional.of(
            new InputEntry(name, kind, unknown, "there is no such file; check the list"));
      }
      InputEntry input = new InputEntry(name, kind, entry.get(), "");
      // The other input of the same result may be missing from the list.
      return Optional.of(
          !input.keepsName() && storage.find(folders.in().resolve(input.result())).isPresent()
              ? new InputEntry(
                  name,
                  kind,
                  entry.get(),
                  "%s and %s would both become %s; rename one of them"
                      .formatted(input.result(), name, input.result()))
              : input);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      return Optional.of(new InputEntry(name, kind, unknown, Failure.sentence(e).orElseThrow()));
    }
  }

  private static Iterator<InputEntry> inputs(
      SyncFolders folders,
      ListingRange range,
      boolean counts,
      StatusRules rules,
      Broadcast<PackedKeys> packed,
      CollectionAccumulator<Part> parts)
      throws IOException {
    Location in = folders.in();
    SkippedKinds skipped = new SkippedKinds();
    LongAdder done = new LongAdder();
    int number = TaskContext.getPartitionId();
    AtomicReference<String> fault = new AtomicReference<>("");
    TaskCompletionListener report =
        task ->
            parts.add(new Part(number, skipped, done.sum(), Objects.requireNonNull(fault.get())));
    TaskContext.get().addTaskCompletionListener(report);
    Predicate<String> selected = rules.selection().compiled();
    PackedKeys keys = packed.value();
    return closedAtEnd(Storage.of(in).inputs(in, folders.out(), range))
        .flatMap(
            listed -> {
              Optional<InputEntry> input = InputEntry.of(in, listed);
              if (input.isEmpty()) {
                skip(in, listed, skipped, fault);
              } else if (counts
                  && selected.test(input.get().name())
                  && rules.isPackedDone(input.get(), keys)) {
                done.increment();
                return Stream.empty();
              }
              return input.stream();
            })
        .iterator();
  }

  private static void skip(
      Location in, ListingEntry listed, SkippedKinds skipped, AtomicReference<String> faulty) {
    if (listed instanceof FileEntry file && !HiddenNames.holds(in.relative(file.location()))) {
      skipped.add(file.location().name());
    } else if (listed instanceof ListingFault fault && InputEntry.mayBeMissing(in, fault)) {
      faulty.set(fault.sentence());
    }
  }

  static <T> Stream<T> closedAtEnd(Stream<T> listing) {
    TaskCompletionListener close = task -> listing.close();
    TaskContext.get().addTaskCompletionListener(close);
    return listing;
  }
}
