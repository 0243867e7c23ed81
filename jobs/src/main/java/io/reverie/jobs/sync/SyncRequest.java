package io.reverie.jobs.sync;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.run.ReportRequest;
import io.reverie.jobs.sync.input.Selection;
import java.util.List;

/**
 * A user's request to a sync.
 *
 * @param in prefix of the inputs
 * @param out prefix of the results
 * @param selection of inputs
 * @param limit maximum number of items; {@link Long#MAX_VALUE} for all
 * @param maxHours after which no more items are started
 * @param retry whether to retry items that failed too often
 * @param dryRun whether to stop after planning
 * @param report the page about the prefix
 * @param scope which inputs and results to look at
 */
public record SyncRequest(
    String in,
    String out,
    Selection selection,
    long limit,
    double maxHours,
    boolean retry,
    boolean dryRun,
    ReportRequest report,
    SyncScope scope) {

  public SyncRequest {
    if (limit < 0) {
      throw UserException.usage("--limit must be 0 or more, not " + limit);
    }
    if (!(maxHours > 0)) {
      throw UserException.usage("--max-hours must be above 0, not " + maxHours);
    }
  }

  /** Requests what leaves no page. */
  public SyncRequest(
      String in,
      String out,
      Selection selection,
      long limit,
      double maxHours,
      boolean retry,
      boolean dryRun) {
    this(in, out, selection, limit, maxHours, retry, dryRun, ReportRequest.NONE, SyncScope.DEFAULT);
  }

  /**
   * Returns a copy that looks at some inputs only.
   *
   * @param names of the inputs, relative to their prefix
   */
  public SyncRequest only(List<String> names) {
    return new SyncRequest(
        in,
        out,
        selection,
        limit,
        maxHours,
        retry,
        dryRun,
        report,
        new SyncScope(scope.check(), scope.delete(), names));
  }

  /** Requests everything that is new or changed. */
  public static SyncRequest of(String in, String out) {
    return new SyncRequest(in, out, Selection.ALL, Long.MAX_VALUE, Double.MAX_VALUE, false, false);
  }
}
