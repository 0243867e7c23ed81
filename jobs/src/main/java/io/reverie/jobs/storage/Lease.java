package io.reverie.jobs.storage;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One holder at a time, among all machines that see a folder. It must be renewed, so that nobody
 * waits for the dead: a thread does so five times in its time to live.
 *
 * <p>To renew it, to give it back and to take over one that has expired is the same step: the
 * creation of the next of {@link Generations}. A holder that stood still for long (a machine that
 * slept) goes on if nobody else has made that step.
 *
 * <p>The holder goes by its own clock and stops when its time is over; others go by theirs and wait
 * a fifth longer. Clocks that differ by more cannot harm a holder that renews in time, unless by as
 * much as the whole time to live; then it notices at its next renewal.
 */
public final class Lease implements AutoCloseable {

  private static final int RENEWALS = 5;

  private final Generations generations;
  private final Duration ttl;
  private final Clock clock;
  private final ScheduledExecutorService renewal;

  private volatile Holder holder;
  private volatile boolean lost;
  private long generation;
  private boolean closed;

  private Lease(Generations generations, Duration ttl, Clock clock, Holder holder, long first) {
    this.generations = generations;
    this.ttl = ttl;
    this.clock = clock;
    this.holder = holder;
    this.generation = first;
    this.renewal = Executors.newSingleThreadScheduledExecutor(Lease::daemon);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "lease");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Takes a lease that nobody has, or whose holder has not renewed it.
   *
   * @param folder for the lease alone
   * @param ttl how long after its last renewal it expires
   * @return empty if another has it
   */
  public static Optional<Lease> take(Location folder, Duration ttl, Clock clock)
      throws IOException {
    return take(Storage.of(folder), folder, ttl, clock);
  }

  static Optional<Lease> take(Storage storage, Location folder, Duration ttl, Clock clock)
      throws IOException {
    Generations generations = new Generations(storage, folder);
    long highest = generations.highest();
    Holder holder = Holder.here(clock.instant(), ttl);
    // One that is gone meanwhile has a successor.
    boolean free =
        highest == 0
            || generations.read(highest).filter(last -> last.isOver(holder.since())).isPresent();
    Optional<Lease> lease =
        (free ? generations.claim(highest + 1, holder) : Optional.<Holder>empty())
            .map(written -> new Lease(generations, ttl, clock, written, highest + 1));
    lease.ifPresent(Lease::start);
    return lease;
  }

  /** Who has a lease, or had it last; empty if nobody ever had. */
  public static Optional<Holder> holder(Location folder) throws IOException {
    return new Generations(Storage.of(folder), folder).last();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // It never ends by itself.
  private void start() {
    long nanos = ttl.dividedBy(RENEWALS).toNanos();
    renewal.scheduleWithFixedDelay(this::tryToRenew, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Whether it has not expired and, as far as is known, nobody has taken it over. */
  public boolean isHeld() {
    return !lost && clock.instant().isBefore(holder.expires());
  }

  /**
   * To be called before each step that no two may do.
   *
   * @throws IOException if another has the lease: this process must stop its work
   */
  public void check() throws IOException {
    if (!isHeld()) {
      renew();
    }
    if (!isHeld()) {
      throw new StorageException(
          "%s: another run has taken over this work (%s); this one stops"
              .formatted(
                  generations.folder(),
                  generations.last().map(Holder::toString).orElse("nobody knows which")));
    }
  }

  /** What fails is tried again, until the lease expires. */
  private void tryToRenew() {
    try {
      renew();
    } catch (IOException | RuntimeException e) {
      // An exception would end the renewals; isHeld tells when none succeeds.
    }
  }

  synchronized void renew() throws IOException {
    if (!closed && !lost) {
      step(holder.renew(clock.instant(), ttl));
    }
  }

  private void step(Holder next) throws IOException {
    Optional<Holder> written = generations.claim(generation + 1, next);
    if (written.isPresent()) {
      generation++;
      holder = written.get();
    } else {
      lost = true;
    }
  }

  /** Gives it back, so that another need not wait; nothing happens if another has it already. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    renewal.shutdown();
    // The first step may find a renewal whose answer was lost.
    while (!lost && !holder.released()) {
      step(holder.release(clock.instant()));
    }
    lost = true;
  }
}
