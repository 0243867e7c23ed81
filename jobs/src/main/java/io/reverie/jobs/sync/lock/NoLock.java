package io.reverie.jobs.sync.lock;

/**
 * Locks nothing, for those whose scheduler starts one sync at a time ({@code sync.lease: none}).
 */
public record NoLock() implements SyncLock {

  public static final String NOTICE =
      "no lease was taken (sync.lease=none); a second sync to the same output would dream everything again";

  @Override
  public boolean isHeld() {
    return true;
  }

  @Override
  public String holder() {
    return "this process";
  }

  @Override
  public void close() {
    // There is nothing to release.
  }
}
