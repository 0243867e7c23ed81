package io.reverie.jobs.sync;

import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunListener;
import java.io.IOException;
import java.util.List;

/**
 * Dreams items of one kind.
 *
 * <p>The task that processes an item records its start in the journal before any work and its end
 * after all work, even if it fails. Existing results are replaced.
 */
public interface ItemDreamer {

  /**
   * Dreams a batch; two batches may run at once.
   *
   * @return one outcome for each item, in order
   * @throws io.reverie.jobs.error.UserException if no item of this kind can be dreamed
   */
  List<Outcome> dream(List<SyncItem> items, Journal journal) throws IOException;

  /** Measures what some items would take, for a dry run. */
  default void forecast(List<SyncItem> items, RunListener run) throws IOException {}
}
