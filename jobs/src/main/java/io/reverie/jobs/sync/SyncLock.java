package io.reverie.jobs.sync;

/** A lock on a prefix of results, so that one sync at a time is active there. */
public interface SyncLock extends AutoCloseable {

  /** Returns whether this sync holds the lock. Called often, so it must be cheap. */
  boolean isHeld();

  /** Describes the holder for people. */
  String holder();

  /** Releases the lock if this sync holds it. */
  @Override
  void close();
}
