package io.reverie.jobs.sync;

import java.io.Serializable;

/** An input and its state. */
record ItemStatus(ItemState state, SyncItem item) implements Serializable {

  boolean is(ItemState other) {
    return state == other;
  }
}
