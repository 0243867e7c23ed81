package io.reverie.jobs.run;

import io.reverie.jobs.chain.Chains;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.operation.Backlog;
import io.reverie.jobs.run.Outcome.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The steps of a job that differ from job to job; {@link #run} puts them in the order that all jobs
 * share.
 *
 * @param <T> what one result is made from
 */
public interface Work<T> {

  /** Returns where the result goes, and from which input. */
  WorkItem item(T work);

  /** The id of its settings; empty if they are those of the whole run. */
  default String id(T work) {
    return "";
  }

  /** Returns whether the complete result exists. */
  boolean exists(T work) throws IOException;

  /**
   * Returns how an existing result differs from what these settings would make; empty if it does
   * not.
   */
  default Optional<String> difference(T work) throws IOException {
    return Optional.empty();
  }

  /** One outcome each, in their order: planned, or failed. */
  List<Outcome> plan(List<T> missing) throws IOException;

  /** Forecasts the planned work and reports it; called on a dry run only. */
  default void forecast(List<T> planned) throws IOException {}

  /** Does the work; one outcome each, in their order. */
  List<Outcome> execute(List<T> planned) throws IOException;

  /**
   * Refuses results that would overwrite each other, keeps those that exist unless they are to be
   * overwritten, plans the rest and executes what could be planned; a dry run forecasts it instead.
   *
   * @param listener is told of everything that is not executed
   * @return one outcome for each result, in their order
   * @throws UserException if two inputs have one result, or a result would replace an input
   */
  static <T> List<Outcome> run(Work<T> work, List<T> all, RunOptions options, ItemListener listener)
      throws IOException {
    List<T> distinct = distinct(work, all);
    Set<T> missing = Collections.newSetFromMap(new IdentityHashMap<>());
    Iterator<Boolean> exist =
        options.overwrite()
            ? Collections.nCopies(distinct.size(), false).iterator()
            : Chains.overlapped(distinct, work::exists).iterator();
    for (T each : distinct) {
      if (!exist.next()) {
        missing.add(each);
      }
    }
    List<T> toPlan = distinct.stream().filter(missing::contains).toList();
    Iterator<Outcome> kept =
        distinct.parallelStream()
            .filter(each -> !missing.contains(each))
            .map(each -> kept(work, each))
            .toList()
            .iterator();
    Iterator<Outcome> planned =
        withIds(work, toPlan, toPlan.isEmpty() ? List.of() : work.plan(toPlan)).iterator();
    List<Outcome> outcomes = new ArrayList<>();
    List<T> open = new ArrayList<>();
    for (T each : distinct) {
      WorkItem item = work.item(each);
      Outcome outcome = missing.contains(each) ? planned.next() : kept.next();
      outcomes.add(outcome);
      if (outcome.status() == Status.PLANNED) {
        open.add(each);
      } else {
        if (outcome.status() == Status.FAILED) {
          Backlog.ofThisProcess().refused(item.input(), outcome.message());
        }
        listener.ended(item, outcome);
      }
    }
    if (open.isEmpty()) {
      return outcomes;
    }
    if (options.dryRun()) {
      work.forecast(open);
      return outcomes;
    }
    try (Backlog.Items items = Backlog.ofThisProcess().add(open.size())) {
      return Outcome.merged(outcomes, withIds(work, open, work.execute(open)));
    }
  }

  private static <T> List<Outcome> withIds(Work<T> work, List<T> all, List<Outcome> outcomes) {
    Iterator<T> each = all.iterator();
    return outcomes.stream().map(outcome -> outcome.withId(work.id(each.next()))).toList();
  }

  private static <T> Outcome kept(Work<T> work, T each) {
    WorkItem item = work.item(each);
    try {
      return Outcome.kept(item, work.difference(each).orElse("")).withId(work.id(each));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> List<T> distinct(Work<T> work, List<T> all) {
    Map<WorkItem, T> byItem = new LinkedHashMap<>();
    all.forEach(each -> byItem.putIfAbsent(work.item(each), each));
    return WorkItem.apart(all.stream().map(work::item).toList()).stream().map(byItem::get).toList();
  }
}
