package io.reverie.jobs.sync;

import java.io.Serializable;

/** An input and how it stands. */
record Standing(State state, SyncItem item) implements Serializable {

  boolean is(State wanted) {
    return state == wanted;
  }
}
