package io.reverie.jobs.sync;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.ReportJson;
import java.util.List;
import java.util.Map;

/**
 * The report of a sync, for schedulers and people.
 *
 * @param version raise when readers of the old format would misread the new one
 * @param id of the settings
 * @param in prefix of the inputs
 * @param out prefix of the results
 * @param counts of the inputs
 * @param seconds duration of the run
 * @param stopped why the run ended early; usually empty
 * @param holder of the lease, if another sync was active and nothing was done; usually empty
 * @param items that were dreamed or failed, or would be on a dry run; failures first, at most 1000
 * @param quarantine some of the quarantined items, with the reason of their last failure
 * @param gone results whose inputs are gone; counted only if the user wants them deleted
 * @param notices sentences about the run as a whole
 * @param skipped number of files that are not inputs, by extension
 */
public record SyncReport(
    int version,
    String command,
    String id,
    String in,
    String out,
    @JsonUnwrapped Counts counts,
    double seconds,
    String stopped,
    String holder,
    List<Outcome> items,
    List<Outcome> quarantine,
    @JsonUnwrapped Gone gone,
    List<String> notices,
    Map<String, Long> skipped) {

  private static final int VERSION = 1;

  public SyncReport {
    items = List.copyOf(items);
    quarantine = List.copyOf(quarantine);
    notices = List.copyOf(notices);
    skipped = Map.copyOf(skipped);
  }

  /**
   * Numbers of inputs.
   *
   * @param found below the prefix; the sum of the others
   * @param done before this run
   * @param dreamed in this run
   * @param failed in this run
   * @param young modified so recently that they may still be uploading
   * @param quarantined failed too often before this run
   * @param left due, but not started
   * @param excluded by the user's globs
   */
  public record Counts(
      long found,
      long done,
      long dreamed,
      long failed,
      long young,
      long quarantined,
      long left,
      long excluded) {

    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

    static Counts of(SyncPlan plan, Tally tally) {
      return new Counts(
          plan.found(),
          plan.count(ItemState.DONE),
          tally.dreamed(),
          tally.failed(),
          plan.count(ItemState.YOUNG),
          plan.count(ItemState.QUARANTINED),
          plan.count(ItemState.DUE) - tally.dreamed() - tally.failed(),
          plan.count(ItemState.EXCLUDED));
    }
  }

  /**
   * Results whose inputs are gone.
   *
   * @param orphans number of those that were deleted, or would be on a dry run
   * @param deleted some of them
   */
  public record Gone(long orphans, List<String> deleted) {

    static final Gone NONE = new Gone(0, List.of());

    public Gone {
      deleted = List.copyOf(deleted);
    }
  }

  /** The report of a run that held the lock. */
  static SyncReport of(
      SyncRequest request,
      String id,
      SyncPlan plan,
      Tally tally,
      List<Outcome> items,
      List<Outcome> quarantine,
      Gone gone,
      List<String> notices,
      double seconds,
      String stopped) {
    return new SyncReport(
        VERSION,
        "sync",
        id,
        request.in(),
        request.out(),
        Counts.of(plan, tally),
        seconds,
        stopped,
        "",
        items,
        quarantine,
        gone,
        notices,
        plan.others().counts());
  }

  /** The report of a run that found another sync active. */
  static SyncReport busy(SyncRequest request, String id, String holder) {
    return new SyncReport(
        VERSION,
        "sync",
        id,
        request.in(),
        request.out(),
        Counts.NONE,
        0,
        "",
        holder,
        List.of(),
        List.of(),
        Gone.NONE,
        List.of(),
        Map.of());
  }

  @JsonIgnore
  public boolean isLeaseLost() {
    return stopped.equals(RunLimits.LOST);
  }

  /** One JSON object on one line. */
  public String json() {
    return ReportJson.of(this);
  }
}
