package io.reverie.jobs.preview;

import io.reverie.jobs.preview.CellTask.Result;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A finished preview.
 *
 * @param cells the source, then the looks in the order of the plan
 * @param slots tasks that ran at once
 * @param seconds that it took
 */
record Preview(
    PreviewRequest request,
    LookPlan plan,
    Subject subject,
    List<Cell> cells,
    List<Result> results,
    int slots,
    double seconds) {

  Preview {
    cells = List.copyOf(cells);
    results = List.copyOf(results);
  }

  /** Returns whether no look could be dreamed. */
  boolean isEmpty() {
    return results.stream().noneMatch(result -> result.cell() > 0 && !result.failed());
  }

  /** The still pictures of a cell that could be dreamed, in order. */
  List<Result> pictures(int cell) {
    return results.stream()
        .filter(r -> r.cell() == cell && !r.motion() && !r.failed())
        .sorted(Comparator.comparingInt(Result::picture))
        .toList();
  }

  Optional<Result> motion(int cell) {
    return results.stream().filter(r -> r.cell() == cell && r.motion() && !r.failed()).findFirst();
  }

  /** Returns why a part of a cell is missing, without repetitions. */
  List<String> failures(int cell) {
    return results.stream()
        .filter(r -> r.cell() == cell && r.failed())
        .map(Result::failure)
        .distinct()
        .toList();
  }

  List<String> warnings(int cell) {
    return pictures(cell).stream().flatMap(r -> r.warnings().stream()).distinct().toList();
  }

  /** Seconds that the whole input takes with a look, on as many tasks as this preview had. */
  double wholeSeconds(int cell) {
    double dream = pictures(cell).stream().mapToDouble(Result::seconds).average().orElse(0);
    return subject.whole(cells.get(cell).whole()).seconds(dream, slots);
  }
}
