package io.reverie.jobs.lease;

import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A lock that one process on any machine holds at a time.
 *
 * <p>It is a folder of numbered files, of which the highest counts: whoever created it is the
 * holder. Taking, taking over and renewing are the same step, creating the next number, in which
 * only one process can succeed: a compare-and-swap on any storage. The highest file is never
 * deleted. A process that created a lower number from a stale listing sees the higher one, and has
 * lost.
 *
 * <p>A holder that has not renewed within the time to live is considered dead. Clocks of machines
 * may differ by less than four fifths of that time.
 */
public final class Lease implements AutoCloseable {

  /** Number of renewals within the time to live. */
  private static final int RENEWALS = 5;

  private static final int ATTEMPTS = 20;
  private static final int VERSION = 1;

  /** In milliseconds: a holder whose clock is further ahead is ignored. */
  private static final long SKEW = 24 * 3600 * 1000L;

  /** Maximum number: half of what a name has room for, since each run creates many. */
  private static final long MAX_NUMBER = 500_000_000_000L;

  private final LeaseFiles files;
  private final Duration ttl;
  private final Clock clock;
  private final LeaseContent content;
  private final Optional<ScheduledExecutorService> scheduler;
  private long number;
  private long renewed;
  private volatile boolean held;

  private Lease(
      LeaseFiles files,
      Duration ttl,
      Clock clock,
      LeaseContent content,
      long number,
      Optional<ScheduledExecutorService> scheduler) {
    this.files = files;
    this.ttl = ttl;
    this.clock = clock;
    this.content = content;
    this.number = number;
    this.scheduler = scheduler;
    this.renewed = clock.millis();
    this.held = number > 0;
  }

  /**
   * Takes the lease if it is free, and renews it until it is closed.
   *
   * <p>Creates its own file a second time, which must fail: a store that ignores or refuses
   * conditional creation is found out before any work.
   *
   * @param warnings receives a sentence, in another thread, for each renewal that fails
   * @return a lease that is held, or one that names the current holder
   * @throws io.reverie.jobs.error.UserException if the store cannot create files conditionally
   */
  public static Lease take(Location folder, Duration ttl, Consumer<String> warnings)
      throws IOException {
    ScheduledExecutorService scheduler =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "lease");
              thread.setDaemon(true);
              return thread;
            });
    LeaseFiles files = new LeaseFiles(Storage.of(folder), folder);
    Lease lease = take(files, ttl, Clock.systemUTC(), Optional.of(scheduler));
    if (!lease.isHeld()) {
      scheduler.shutdown();
      return lease;
    }
    long pause = ttl.toMillis() / RENEWALS;
    // Shut down with the lease.
    var unused =
        scheduler.scheduleWithFixedDelay(
            () -> lease.tryToRenew(warnings), pause, pause, TimeUnit.MILLISECONDS);
    return lease;
  }

  /** Takes the lease without automatic renewal. */
  static Lease take(Storage storage, Location folder, Duration ttl, Clock clock)
      throws IOException {
    return take(new LeaseFiles(storage, folder), ttl, clock, Optional.empty());
  }

  private static Lease take(
      LeaseFiles files, Duration ttl, Clock clock, Optional<ScheduledExecutorService> scheduler)
      throws IOException {
    String id = UUID.randomUUID().toString();
    String holder = process() + " since " + clock.instant().truncatedTo(ChronoUnit.SECONDS);
    LeaseContent own = new LeaseContent(VERSION, id, holder, clock.millis(), false);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<FileEntry> newest = files.newest();
      long next = newest.map(LeaseFiles::number).orElse(0L) + 1;
      if (next > MAX_NUMBER) {
        throw LeaseFiles.foreign(newest.get().location());
      }
      if (newest.isPresent()) {
        Optional<LeaseContent> content = files.content(newest.get().location());
        if (content.isEmpty()) {
          // The holder has just renewed it.
          continue;
        }
        long sinceRenewal = clock.millis() - content.get().renewed();
        boolean fresh = sinceRenewal < ttl.toMillis() && sinceRenewal > -SKEW;
        if (fresh && !content.get().released()) {
          return new Lease(files, ttl, clock, content.get(), 0, Optional.empty());
        }
      }
      if (files.tryCreate(next, own)) {
        files.requireConditionalCreation(next, own);
        return new Lease(files, ttl, clock, own, next, scheduler);
      }
    }
    LeaseContent others =
        new LeaseContent(VERSION, "", "several other processes, one after another", 0, false);
    return new Lease(files, ttl, clock, others, 0, Optional.empty());
  }

  private static String process() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "an unnamed host";
    }
    return "process %d on %s".formatted(ProcessHandle.current().pid(), host);
  }

  /** Returns whether this process holds the lease; does no I/O. */
  public synchronized boolean isHeld() {
    return held && clock.millis() < renewed + ttl.toMillis();
  }

  /** Describes the holder for people. */
  public String holder() {
    return content.holder();
  }

  /** Extends the lease; if another process has taken it over, it is lost for good. */
  synchronized void renew() throws IOException {
    if (held) {
      held = isOurs() && files.tryCreate(number + 1, content.at(clock.millis()));
      if (held) {
        number++;
        renewed = clock.millis();
      }
    }
  }

  /** Checks the newest number, since a creation may have succeeded although it seemed to fail. */
  private boolean isOurs() throws IOException {
    Optional<FileEntry> newest = files.newest();
    if (newest.isEmpty()) {
      return false;
    }
    number = LeaseFiles.number(newest.get());
    return files
        .content(newest.get().location())
        .filter(c -> c.id().equals(content.id()))
        .isPresent();
  }

  /** Continues after a failure: later renewals may still succeed within the time to live. */
  void tryToRenew(Consumer<String> warnings) {
    try {
      renew();
    } catch (IOException | RuntimeException e) {
      warnings.accept(
          "could not renew the lease in %s, will retry: %s".formatted(files.folder(), e));
    }
  }

  /** Releases the lease if this process holds it. */
  @Override
  public synchronized void close() throws IOException {
    scheduler.ifPresent(ScheduledExecutorService::shutdown);
    if (isHeld() && isOurs()) {
      held = false;
      files.tryCreate(number + 1, content.release());
    }
  }
}
