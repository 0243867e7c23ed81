package io.reverie.jobs.sync;

import io.reverie.jobs.spec.SyncSpec;
import io.reverie.jobs.storage.Location;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Decides how inputs stand, by what listings tell.
 *
 * @param results the prefix of the results
 * @param recipe its id
 * @param selection of the user's
 * @param now milliseconds since 1970
 * @param retry whether those that failed too often are tried again
 */
record StatusRules(
    Location results, String recipe, SyncSpec spec, Selection selection, long now, boolean retry)
    implements Serializable {

  /** Clocks differ; beyond this, a time in the future is a camera's or an archive's mistake. */
  private static final long SKEW = 24 * 3600 * 1000L;

  /** Where two inputs have one result, the one of its very name comes first, in every run. */
  private static final Comparator<InputEntry> PRECEDENCE =
      Comparator.comparing((InputEntry f) -> !f.keepsName()).thenComparing(InputEntry::name);

  /**
   * Judges all inputs with the same result.
   *
   * @param found the inputs; none where one is gone, whose result stays
   * @param traces what is known of the result
   * @param selected the compiled selection
   */
  List<ItemStatus> judge(
      List<InputEntry> found, List<RecordName> traces, Predicate<String> selected) {
    List<InputEntry> inputs = found.stream().sorted(PRECEDENCE).toList();
    Optional<InputEntry> owner =
        inputs.stream().filter(f -> f.fault().isEmpty() && selected.test(f.name())).findFirst();
    List<Mark> present = inputs.stream().map(f -> mark(f, refusal(f, owner))).toList();
    List<ItemStatus> standings = new ArrayList<>();
    for (InputEntry input : inputs) {
      SyncItem item = item(input, refusal(input, owner), traces, present);
      ItemState state = selected.test(input.name()) ? state(item, traces) : ItemState.EXCLUDED;
      standings.add(new ItemStatus(state, item));
    }
    return standings;
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
   * What is refused has a mark of its own: its failures do not count once it is refused no more.
   */
  private Mark mark(InputEntry input, String refusal) {
    return new Mark(
        Mark.hash(input.result()),
        Mark.hash(input.entry().identity() + '\n' + recipe + '\n' + refusal));
  }

  private SyncItem item(
      InputEntry input, String refusal, List<RecordName> traces, List<Mark> present) {
    Mark mark = mark(input, refusal);
    int attempts =
        traces.stream()
            .filter(t -> t.is(RecordName.Type.FAILED, mark) || t.is(RecordName.Type.BEGUN, mark))
            .mapToInt(RecordName::attempt)
            .max()
            .orElse(0);
    return new SyncItem(
        input.name(),
        input.kind(),
        input.entry(),
        input.fault().isEmpty() ? results.resolve(input.result()) : results,
        mark,
        attempts + 1,
        traces.stream().anyMatch(t -> t.is(RecordName.Type.BEGUN, mark)),
        refusal.isEmpty() ? outdated(mark, traces, present) : List.of(),
        refusal);
  }

  /** All of the result's other makings, and failures of this one and of inputs that are no more. */
  private static List<RecordName> outdated(Mark mark, List<RecordName> traces, List<Mark> present) {
    return traces.stream()
        .filter(t -> t.type() != RecordName.Type.RESULT)
        .filter(
            t ->
                t.type() == RecordName.Type.DONE
                    ? !t.mark().equals(mark)
                    : isOver(t, mark, present))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static boolean isOver(RecordName failure, Mark mark, List<Mark> present) {
    return failure.mark().equals(mark) || !present.contains(failure.mark());
  }

  private ItemState state(SyncItem item, List<RecordName> traces) {
    boolean result = traces.stream().anyMatch(t -> t.type() == RecordName.Type.RESULT);
    if (result && traces.stream().anyMatch(t -> t.is(RecordName.Type.DONE, item.mark()))) {
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
