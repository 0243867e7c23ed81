package io.reverie.jobs.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Records which executor worked on what, and when. Not thread-safe. */
final class TaskTimeline {

  /** Bars of a page; beyond, neighbours are joined. */
  static final int MOST = 1200;

  private static final long OVERLAP_MILLIS = 500;

  private final List<Span> ended = new ArrayList<>();
  private final Map<Long, Span> running = new HashMap<>();

  /** When the last task of each slot ended, by executor. */
  private final Map<String, List<Long>> slots = new HashMap<>();

  private final int most;

  /** The slot of an executor, from 0. */
  record Lane(String executor, int slot) implements Comparable<Lane> {

    private static final Comparator<Lane> ORDER =
        Comparator.comparing(Lane::executor).thenComparingInt(Lane::slot);

    @Override
    public int compareTo(Lane other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * A task, or several in a row that were joined.
   *
   * @param phase of the job, such as Dreaming
   * @param task number among all of the run
   * @param tasks number of tasks that were joined
   * @param from milliseconds since 1970
   * @param to likewise
   */
  record Span(Lane lane, String phase, int task, int tasks, long from, long to, boolean failed) {
    Span {
      if (tasks < 1 || to < from) {
        throw new IllegalArgumentException(
            "%d tasks cannot run from %d to %d".formatted(tasks, from, to));
      }
    }

    Span in(Lane other) {
      return new Span(other, phase, task, tasks, from, to, failed);
    }

    Span until(long end, boolean isFailed) {
      return new Span(lane, phase, task, tasks, from, Math.max(from, end), isFailed);
    }
  }

  TaskTimeline() {
    this(MOST);
  }

  TaskTimeline(int most) {
    this.most = most;
  }

  void begin(long id, String executor, String phase, int task, long time) {
    running.put(id, new Span(new Lane(executor, 0), phase, task, 1, time, time, false));
  }

  /** A task ends; one whose start is unknown is ignored. */
  void end(long id, long time, boolean failed) {
    Span span = running.remove(id);
    if (span == null) {
      return;
    }
    ended.add(inSlot(span.until(time, failed), slots));
    if (ended.size() > most) {
      join();
    }
  }

  /**
   * Puts a span into the first slot of its executor that was free. Spark reports a task's start
   * before the end of its predecessor in the slot, so the two may overlap a little.
   */
  private static Span inSlot(Span span, Map<String, List<Long>> slots) {
    List<Long> ends = slots.computeIfAbsent(span.lane().executor(), e -> new ArrayList<>());
    int slot = 0;
    while (slot < ends.size() && ends.get(slot) > span.from() + OVERLAP_MILLIS) {
      slot++;
    }
    if (slot == ends.size()) {
      ends.add(span.to());
    } else {
      ends.set(slot, span.to());
    }
    return span.in(new Lane(span.lane().executor(), slot));
  }

  /** Joins neighbours pair by pair, which halves the number of spans; the busy time stays. */
  private void join() {
    ended.sort(Comparator.comparing(Span::lane).thenComparingLong(Span::from));
    List<Span> joined = new ArrayList<>();
    for (Span next : ended) {
      int last = joined.size() - 1;
      if (last >= 0 && isPair(joined.get(last), next)) {
        joined.set(last, joined(joined.get(last), next));
      } else {
        joined.add(next);
      }
    }
    ended.clear();
    ended.addAll(joined);
  }

  private static boolean isPair(Span a, Span b) {
    return a.lane().equals(b.lane()) && a.tasks() <= b.tasks();
  }

  private static Span joined(Span a, Span b) {
    return new Span(
        a.lane(),
        a.to() - a.from() >= b.to() - b.from() ? a.phase() : b.phase(),
        Math.min(a.task(), b.task()),
        a.tasks() + b.tasks(),
        a.from(),
        b.to(),
        a.failed() || b.failed());
  }

  /**
   * All spans by lane and time.
   *
   * @param now the end of those that are running
   */
  List<Span> spans(long now) {
    List<Span> all = new ArrayList<>(ended);
    Map<String, List<Long>> taken = new HashMap<>();
    slots.forEach((executor, ends) -> taken.put(executor, new ArrayList<>(ends)));
    running.values().stream()
        .sorted(Comparator.comparingLong(Span::from))
        .forEach(span -> all.add(inSlot(span.until(now, false), taken)));
    all.sort(Comparator.comparing(Span::lane).thenComparingLong(Span::from));
    return all;
  }
}
