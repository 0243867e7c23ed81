package io.reverie.jobs.sync.lock;

import io.reverie.jobs.spec.SyncSpec.LeaseMode;
import io.reverie.jobs.storage.Location;
import java.util.function.Consumer;

/** A lock on a prefix of results, so that one sync at a time is active there. */
public interface SyncLock extends AutoCloseable {

  /**
   * Takes the lock if it is free.
   *
   * @param mode whether there is one at all
   * @param folder for its files
   * @param warnings receives a sentence, in another thread, for each renewal that fails
   */
  static SyncLock take(LeaseMode mode, Location folder, Consumer<String> warnings) {
    return mode == LeaseMode.NONE ? new NoLock() : LeasedLock.take(folder, warnings);
  }

  /** Returns whether this sync holds the lock. Called often, so it must be cheap. */
  boolean isHeld();

  /** Describes the holder for people. */
  String holder();

  /** Releases the lock if this sync holds it. */
  @Override
  void close();
}
