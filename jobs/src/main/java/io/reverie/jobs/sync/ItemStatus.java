package io.reverie.jobs.sync;

import java.io.Serializable;

/**
 * An input and its state.
 *
 * @param made when a record of its own was written that it is done, or an orphan's last record, in
 *     milliseconds since 1970; 0 if there is none
 */
record ItemStatus(ItemState state, SyncItem item, long made) implements Serializable {

  boolean is(ItemState other) {
    return state == other;
  }

  /** Whether it is done by a record that could be packed. */
  boolean isLoose() {
    return state == ItemState.DONE && made > 0;
  }
}
