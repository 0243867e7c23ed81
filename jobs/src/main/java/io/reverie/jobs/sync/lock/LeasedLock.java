package io.reverie.jobs.sync.lock;

import io.reverie.jobs.lease.Lease;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;

/** A lock that is held through a lease. */
public record LeasedLock(Lease lease) implements SyncLock {

  /** Time after which the lock of a crashed sync expires. */
  private static final Duration TTL = Duration.ofMinutes(5);

  /**
   * Takes the lock if it is free.
   *
   * @param warnings as of {@link Lease#take}
   */
  public static LeasedLock take(Location folder, Consumer<String> warnings) {
    try {
      return new LeasedLock(Lease.take(folder, TTL, warnings));
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
      // The lease expires anyway.
      return;
    }
  }
}
