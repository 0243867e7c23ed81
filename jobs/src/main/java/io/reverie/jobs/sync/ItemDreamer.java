package io.reverie.jobs.sync;

import io.reverie.jobs.run.Outcome;
import java.io.IOException;
import java.util.List;

/**
 * Dreams items of one kind.
 *
 * <p>Each item is begun in the journal before its first work and ended after its last, by the task
 * that does it; also where it fails. A result that is there already is replaced.
 */
public interface ItemDreamer {

  /**
   * Dreams a batch; two batches may run at once.
   *
   * @return one outcome for each item, in their order
   * @throws io.reverie.jobs.error.UserException if no item of its kind can be dreamed at all
   */
  List<Outcome> dream(List<SyncItem> items, Journal journal) throws IOException;
}
