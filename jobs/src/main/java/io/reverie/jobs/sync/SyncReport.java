package io.reverie.jobs.sync;

import com.fasterxml.jackson.annotation.JsonIgnore;
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
 * @param found number of inputs below the prefix; the sum of the counts that follow
 * @param done before this run
 * @param dreamed in this run
 * @param failed in this run
 * @param young modified so recently that they may still be uploading
 * @param quarantined failed too often before this run
 * @param left due, but not started
 * @param excluded by the user's globs
 * @param seconds duration of the run
 * @param stopped why the run ended early; usually empty
 * @param holder of the lease, if another sync was active and nothing was done; usually empty
 * @param items that were dreamed or failed, or would be on a dry run; failures first, at most 1000
 * @param quarantine some of the quarantined items, with the reason of their last failure
 * @param orphans results whose inputs are gone: deleted, or on a dry run to be deleted; counted
 *     only if the user wants them deleted
 * @param deleted some of them
 * @param notices sentences about the run as a whole
 * @param skipped number of files that are not inputs, by extension
 */
public record SyncReport(
    int version,
    String command,
    String id,
    String in,
    String out,
    long found,
    long done,
    long dreamed,
    long failed,
    long young,
    long quarantined,
    long left,
    long excluded,
    double seconds,
    String stopped,
    String holder,
    List<Outcome> items,
    List<Outcome> quarantine,
    long orphans,
    List<String> deleted,
    List<String> notices,
    Map<String, Long> skipped) {

  private static final int VERSION = 1;

  public SyncReport {
    items = List.copyOf(items);
    quarantine = List.copyOf(quarantine);
    deleted = List.copyOf(deleted);
    notices = List.copyOf(notices);
    skipped = Map.copyOf(skipped);
  }

  /** Results whose inputs are gone: their number, and the names of some. */
  record Gone(long count, List<String> some) {

    static final Gone NONE = new Gone(0, List.of());
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
        plan.found(),
        plan.count(ItemState.DONE),
        tally.dreamed(),
        tally.failed(),
        plan.count(ItemState.YOUNG),
        plan.count(ItemState.QUARANTINED),
        plan.count(ItemState.DUE) - tally.dreamed() - tally.failed(),
        plan.count(ItemState.EXCLUDED),
        seconds,
        stopped,
        "",
        items,
        quarantine,
        gone.count(),
        gone.some(),
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
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        "",
        holder,
        List.of(),
        List.of(),
        0,
        List.of(),
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
