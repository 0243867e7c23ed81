package io.reverie.jobs.sync;

import io.reverie.jobs.error.UserException;

/**
 * What a user asks of a sync.
 *
 * @param in the prefix of the inputs
 * @param out the prefix of the results
 * @param selection which inputs
 * @param limit how many at most; {@link Long#MAX_VALUE} for all
 * @param maxHours after which nothing new is begun
 * @param retry whether those that failed too often are tried again
 * @param dryRun whether to stop after the plan
 */
public record SyncRequest(
    String in,
    String out,
    Selection selection,
    long limit,
    double maxHours,
    boolean retry,
    boolean dryRun) {

  public SyncRequest {
    if (limit < 0) {
      throw UserException.usage("--limit must be 0 or more, not " + limit);
    }
    if (!(maxHours > 0)) {
      throw UserException.usage("--max-hours must be above 0, not " + maxHours);
    }
  }

  /** All that is new or changed. */
  public static SyncRequest of(String in, String out) {
    return new SyncRequest(in, out, Selection.ALL, Long.MAX_VALUE, Double.MAX_VALUE, false, false);
  }
}
