package io.reverie.jobs.sync;

import java.io.Serializable;

/** An input and how it stands. */
record ItemStatus(ItemState state, SyncItem item) implements Serializable {

  boolean is(ItemState wanted) {
    return state == wanted;
  }
}
