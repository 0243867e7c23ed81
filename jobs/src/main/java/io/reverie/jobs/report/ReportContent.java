package io.reverie.jobs.report;

import io.reverie.jobs.report.Snapshot.Moment;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.WorkItem;
import io.reverie.temporal.measure.StageTimer.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The content of a report so far. Its size is bounded; it is guarded by its own lock. */
final class ReportContent {

  /** Results of which a page shows more than a line. */
  static final int MAX_SHOWN = 24;

  /** Results of which a page has a line; failures come first. */
  static final int MAX_LISTED = 400;

  /** Pictures before and after. */
  static final int MAX_PICTURES = 36;

  /** Videos of which a page has plots. */
  static final int MAX_FILMS = 6;

  enum State {
    RUNNING,
    DONE,
    /** The run ended, and some or all results failed. */
    FAILED,
    INTERRUPTED
  }

  /**
   * An input that is not dreamed yet.
   *
   * @param state in a word or two
   * @param reason may be empty
   */
  record Waiting(String input, String state, String reason) {}

  /** A video: its facts, and the measures so far. */
  static final class FilmStory {
    final FilmPlan plan;
    final Series flicker;
    final Series strength;
    Optional<Film> film = Optional.empty();

    FilmStory(FilmPlan plan) {
      this.plan = plan;
      this.flicker = new Series(plan.frames());
      this.strength = new Series(plan.frames());
    }
  }

  final TaskTimeline timeline = new TaskTimeline();
  final Map<Moment, Snapshot> moments = new LinkedHashMap<>();
  final Map<String, FilmStory> films = new LinkedHashMap<>();
  final Map<String, WorkItem> items = new LinkedHashMap<>();
  final Map<String, Outcome> outcomes = new LinkedHashMap<>();
  final long began = System.currentTimeMillis();
  Optional<Snapshot> newest = Optional.empty();
  Optional<String> partial = Optional.empty();
  Times times = Times.NONE;
  State state = State.RUNNING;
  String failure = "";

  /** Numbers that a page shows large, by their names. */
  Map<String, Long> counts = Map.of();

  /** Inputs that are not dreamed yet, with the reason. */
  List<Waiting> waiting = List.of();

  long ended;
  long total;

  /** Results that a sync will make; 0 for other jobs. */
  long toDo;

  long finished;
  long kept;
  long failed;

  synchronized void plan(List<WorkItem> all) {
    total = all.size();
    all.stream().limit(MAX_LISTED).forEach(item -> items.put(item.output().text(), item));
  }

  /** The only result, if there is only one. */
  Optional<WorkItem> only() {
    return total == 1 && items.size() == 1
        ? Optional.of(items.values().iterator().next())
        : Optional.empty();
  }

  synchronized void add(Snapshot snapshot) {
    if (snapshot.chosen()) {
      moments.remove(snapshot.moment());
      moments.put(snapshot.moment(), snapshot);
      if (moments.size() > MAX_PICTURES) {
        moments.remove(moments.keySet().iterator().next());
      }
    }
    if (newest.isEmpty() || newest.get().made() < snapshot.made()) {
      newest = Optional.of(snapshot);
    }
  }

  synchronized void add(FilmPlan plan) {
    if (films.size() < MAX_FILMS) {
      films.put(plan.output(), new FilmStory(plan));
    }
  }

  /** Takes an outcome; one that is told again replaces the first. */
  synchronized void add(Outcome outcome) {
    Outcome known = outcomes.get(key(outcome));
    if (known == null) {
      count(outcome, 1);
    }
    if (outcomes.size() >= MAX_LISTED && isFailed(outcome)) {
      outcomes.values().stream()
          .filter(other -> !isFailed(other))
          .findFirst()
          .ifPresent(other -> outcomes.remove(key(other)));
    }
    if (known != null || outcomes.size() < MAX_LISTED) {
      outcomes.put(key(outcome), outcome.withoutSecrets());
    }
  }

  private static String key(Outcome outcome) {
    return outcome.input() + "\n" + outcome.output();
  }

  private void count(Outcome outcome, int by) {
    switch (outcome.status()) {
      case DREAMED -> finished += by;
      case KEPT -> kept += by;
      case FAILED -> failed += by;
      case PLANNED -> {}
    }
  }

  /** Takes the final outcomes, whose numbers are exact. */
  synchronized void end(List<Outcome> all) {
    outcomes.clear();
    finished = 0;
    kept = 0;
    failed = 0;
    List<Outcome> sorted = new ArrayList<>(all);
    sorted.sort((a, b) -> Boolean.compare(isFailed(b), isFailed(a)));
    for (Outcome outcome : sorted) {
      count(outcome, 1);
      if (outcomes.size() < MAX_LISTED) {
        outcomes.put(key(outcome), outcome.withoutSecrets());
      }
    }
    total = all.size();
    state = failed > 0 ? State.FAILED : State.DONE;
    ended = System.currentTimeMillis();
  }

  private static boolean isFailed(Outcome outcome) {
    return outcome.status() == Outcome.Status.FAILED;
  }

  synchronized void end(State how, String why) {
    if (state == State.RUNNING) {
      state = how;
      failure = why;
      ended = System.currentTimeMillis();
    }
  }

  /** Takes the measures of some frames of a result. */
  synchronized void add(String output, MeasureDigest digest) {
    FilmStory content = films.get(output);
    if (content != null) {
      for (MeasureDigest.Stretch stretch : digest.stretches()) {
        content.strength.add(stretch.position(), stretch.strength());
        content.flicker.add(stretch.position(), stretch.flicker());
      }
    }
  }

  synchronized void add(String output, Film film) {
    FilmStory content = films.get(output);
    if (content != null) {
      content.film = Optional.of(film);
    }
  }

  /** Takes a further input that waits; the list is replaced, because a page may be reading it. */
  synchronized void add(Waiting further) {
    if (waiting.size() < MAX_LISTED) {
      List<Waiting> more = new ArrayList<>(waiting);
      more.add(further);
      waiting = more;
    }
  }

  synchronized void partial(Optional<String> file) {
    partial = file;
  }

  synchronized void counts(Map<String, Long> numbers, long results) {
    counts = new LinkedHashMap<>(numbers);
    toDo = results;
  }

  synchronized boolean has(Moment moment) {
    return moments.containsKey(moment);
  }

  synchronized void add(Times more) {
    times = times.plus(more);
  }

  synchronized double seconds() {
    return ((state == State.RUNNING ? System.currentTimeMillis() : ended) - began) / 1e3;
  }
}
