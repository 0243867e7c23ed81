package io.reverie.jobs.spec;

import io.reverie.jobs.error.UserException;
import java.io.Serializable;

/** The keys {@code sync.*} of {@code reference.yaml}. */
public record SyncSpec(long minAge, int attempts, LeaseMode lease) implements Serializable {

  /** Whether a sync makes sure that it is the only one. */
  public enum LeaseMode {
    /** Takes a lease, which needs a store that can create objects conditionally. */
    AUTO,
    /** Leaves exclusion to the scheduler of the syncs. */
    NONE
  }

  public SyncSpec {
    if (minAge < 0) {
      throw UserException.usage("sync.minAge must be 0 or more seconds, not " + minAge);
    }
    if (attempts < 1) {
      throw UserException.usage("sync.attempts must be 1 or more, not " + attempts);
    }
  }
}
