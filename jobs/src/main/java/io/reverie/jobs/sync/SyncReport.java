package io.reverie.jobs.sync;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverie.jobs.run.Outcome;
import java.util.List;
import java.util.Map;

/**
 * What a sync says at its end, to a scheduler as to people.
 *
 * @param version to be raised whenever a reader of the old form would err
 * @param command that ran
 * @param id of the recipe
 * @param in the prefix of the inputs
 * @param out the prefix of the results
 * @param found inputs below the prefix; the sum of the counts that follow
 * @param done before this run
 * @param dreamed by this run
 * @param failed in this run
 * @param young that may still be uploaded
 * @param quarantined that failed too often before this run
 * @param left that are due, but were not begun
 * @param excluded by the user's globs
 * @param seconds of the run
 * @param stopped why it ended early; empty as a rule
 * @param holder of the lease, if it was another's and nothing was looked at; empty as a rule
 * @param items what was dreamed or failed, or would be; failures first, 1000 at most
 * @param skipped files that are no inputs, by their extensions
 * @param quarantine some of those that failed too often, with the last reason
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
    Map<String, Long> skipped) {

  private static final int VERSION = 1;

  public SyncReport {
    items = List.copyOf(items);
    quarantine = List.copyOf(quarantine);
    skipped = Map.copyOf(skipped);
  }

  /** Of a run that had its turn. */
  static SyncReport of(
      SyncRequest request,
      String id,
      SyncPlan plan,
      Tally score,
      List<Outcome> items,
      List<Outcome> quarantine,
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
        score.dreamed(),
        score.failed(),
        plan.count(ItemState.YOUNG),
        plan.count(ItemState.QUARANTINED),
        plan.count(ItemState.DUE) - score.dreamed() - score.failed(),
        plan.count(ItemState.EXCLUDED),
        seconds,
        stopped,
        "",
        items,
        quarantine,
        plan.others().counts());
  }

  /** Of a run while another had the turn. */
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
        Map.of());
  }

  /** Whether another sync may have taken over while this one ran. */
  @JsonIgnore
  public boolean isLeaseLost() {
    return stopped.equals(RunLimits.LOST);
  }

  /** One object on one line. */
  public String json() {
    try {
      return new ObjectMapper().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
