package io.reverie.jobs.sync;

import io.reverie.jobs.spec.SyncSpec;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.sync.input.InputEntry;
import io.reverie.jobs.sync.input.InputKind;
import io.reverie.jobs.sync.input.Selection;
import io.reverie.jobs.sync.packed.PackedKeys;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Determines the state of inputs from listings alone.
 *
 * @param results prefix of the results
 * @param settingsId id of the settings
 * @param selection by the user's globs
 * @param now milliseconds since 1970
 * @param retry whether to retry items that failed too often
 * @param trusted whether results are not listed, and exist if their records say so
 */
record StatusRules(
    Location results,
    String settingsId,
    SyncSpec spec,
    Selection selection,
    long now,
    boolean retry,
    boolean trusted)
    implements Serializable {

  /** Returns a copy that believes records instead of results, or does not. */
  StatusRules trusting(boolean records) {
    return new StatusRules(results, settingsId, spec, selection, now, retry, records);
  }

  /**
   * Allowance for differing clocks; a time further in the future is an error of a camera or
   * archive.
   */
  private static final long SKEW = 24 * 3600 * 1000L;

  /**
   * Decides which of several inputs with the same result name is dreamed. The choice is the same in
   * every run: an input named like the result comes first.
   */
  private static final Comparator<InputEntry> PRECEDENCE =
      Comparator.comparing((InputEntry f) -> !f.keepsName()).thenComparing(InputEntry::name);

  /**
   * Determines the status of all inputs with the same result.
   *
   * @param inputs none if the input of an existing result was deleted
   * @param records names of the records of the result
   * @param selected the compiled selection
   */
  List<ItemStatus> judge(
      List<InputEntry> inputs, List<RecordName> records, Predicate<String> selected) {
    if (inputs.isEmpty()) {
      return orphan(records).stream().toList();
    }
    List<InputEntry> sorted = inputs.stream().sorted(PRECEDENCE).toList();
    Optional<InputEntry> owner =
        sorted.stream().filter(f -> f.fault().isEmpty() && selected.test(f.name())).findFirst();
    List<ItemKey> present = sorted.stream().map(f -> key(f, refusal(f, owner))).toList();
    List<ItemStatus> statuses = new ArrayList<>();
    for (InputEntry input : sorted) {
      SyncItem item = item(input, refusal(input, owner), records, present);
      ItemState state = selected.test(input.name()) ? state(item, records) : ItemState.EXCLUDED;
      statuses.add(new ItemStatus(state, item, made(item, records)));
    }
    return statuses;
  }

  private static long made(SyncItem item, List<RecordName> records) {
    return records.stream()
        .filter(r -> r.is(RecordName.Type.DONE, item.key()))
        .mapToLong(RecordName::modified)
        .max()
        .orElse(0);
  }

  /**
   * Returns a result without an input, if a record says that it was made and it is unchanged since.
   */
  private Optional<ItemStatus> orphan(List<RecordName> records) {
    Optional<RecordName> result =
        records.stream().filter(r -> r.type() == RecordName.Type.RESULT).findFirst();
    Optional<RecordName> done =
        records.stream()
            .filter(RecordName::isDone)
            .max(Comparator.comparingLong(RecordName::modified));
    if (result.isEmpty() || done.isEmpty() || result.get().modified() > done.get().modified()) {
      return Optional.empty();
    }
    String name = result.get().result();
    Location output = results.resolve(name);
    return InputKind.of(name)
        .map(
            kind ->
                new ItemStatus(
                    ItemState.ORPHAN,
                    new SyncItem(
                        name,
                        kind,
                        new FileEntry(
                            output,
                            0,
                            result.get().modified(),
                            Long.toString(result.get().modified())),
                        output,
                        done.get().key(),
                        1,
                        false,
                        records.stream()
                            .filter(r -> r.isDone() || r.isFailure())
                            .collect(Collectors.toCollection(ArrayList::new)),
                        ""),
                    done.get().modified()));
  }

  /**
   * Whether an input is done for certain by its packed record, without regard to others: its name
   * is that of its result, and no other input could have the same.
   */
  boolean isPackedDone(InputEntry input, PackedKeys packed) {
    if (!input.fault().isEmpty() || !input.keepsName() || couldCollide(input.name())) {
      return false;
    }
    ItemKey key = key(input, "");
    return packed.contains(key.result(), key.work());
  }

  /** Whether a result gets this name although its input has a shorter one. */
  private static boolean couldCollide(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0
        && InputKind.of(name.substring(0, dot))
            .filter(kind -> kind.result(name.substring(0, dot)).equals(name))
            .isPresent();
  }

  private static String refusal(InputEntry input, Optional<InputEntry> owner) {
    if (!input.fault().isEmpty()) {
      return input.fault();
    }
    return owner
        .filter(first -> !first.equals(input))
        .map(
            first ->
                "%s and %s would both become %s; rename one of them"
                    .formatted(first.name(), input.name(), input.result()))
        .orElse("");
  }

  /**
   * The key of a refused input differs, so that its failures do not count once it is no longer
   * refused.
   */
  private ItemKey key(InputEntry input, String refusal) {
    return new ItemKey(
        ItemKey.hash(input.result()),
        ItemKey.hash(input.entry().identity() + '\n' + settingsId + '\n' + refusal));
  }

  private SyncItem item(
      InputEntry input, String refusal, List<RecordName> records, List<ItemKey> present) {
    ItemKey key = key(input, refusal);
    int attempts =
        records.stream()
            .filter(r -> r.is(RecordName.Type.FAILED, key) || r.is(RecordName.Type.BEGUN, key))
            .mapToInt(RecordName::attempt)
            .max()
            .orElse(0);
    return new SyncItem(
        input.name(),
        input.kind(),
        input.entry(),
        input.fault().isEmpty() ? results.resolve(input.result()) : results,
        key,
        attempts + 1,
        records.stream().anyMatch(r -> r.is(RecordName.Type.BEGUN, key)),
        refusal.isEmpty() ? outdated(key, records, present, hasResult(records)) : List.of(),
        refusal);
  }

  private boolean hasResult(List<RecordName> records) {
    return trusted || records.stream().anyMatch(r -> r.type() == RecordName.Type.RESULT);
  }

  /**
   * Records of other versions of the result or of one that is gone, and failures of this item and
   * of deleted inputs.
   */
  private static List<RecordName> outdated(
      ItemKey key, List<RecordName> records, List<ItemKey> present, boolean result) {
    return records.stream()
        .filter(
            r ->
                r.isDone()
                    ? !result || !r.key().equals(key)
                    : r.isFailure() && isObsolete(r, key, present))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static boolean isObsolete(RecordName failure, ItemKey key, List<ItemKey> present) {
    return failure.key().equals(key) || !present.contains(failure.key());
  }

  private ItemState state(SyncItem item, List<RecordName> records) {
    if (hasResult(records)
        && records.stream().anyMatch(r -> r.isDone() && r.key().equals(item.key()))) {
      return ItemState.DONE;
    }
    if (isYoung(item.input().modified())) {
      return ItemState.YOUNG;
    }
    return item.failures() >= spec.attempts() && !retry ? ItemState.QUARANTINED : ItemState.DUE;
  }

  private boolean isYoung(long modified) {
    return modified > now - 1000 * spec.minAge() && modified < now + SKEW;
  }
}
