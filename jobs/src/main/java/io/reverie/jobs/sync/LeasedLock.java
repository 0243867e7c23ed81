package io.reverie.jobs.sync;

import io.reverie.jobs.storage.Lease;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** The turn of who holds a lease. */
public record LeasedLock(Lease lease) implements SyncLock {

  /** After which the turn of a sync that died is taken over. */
  private static final Duration TTL = Duration.ofMinutes(5);

  /** Takes the turn, if no other sync has it. */
  public static LeasedLock take(Location folder) {
    try {
      return new LeasedLock(Lease.take(folder, TTL));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean isHeld() {
    return lease.isHeld();
  }

  @Override
  public String holder() {
    return lease.holder();
  }

  @Override
  public void close() {
    try {
      lease.close();
    } catch (IOException e) {
      // It expires by itself.
      return;
    }
  }
}
