package io.reverie.jobs.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Behaviour of a lease on every storage. */
public abstract class LeaseContract {

  private static final Duration TTL = Duration.ofMinutes(5);

  protected abstract Storage storage() throws IOException;

  /** A folder that tests may write to. */
  protected abstract Location base();

  private Location folder() {
    return base().resolve("lease-" + UUID.randomUUID());
  }

  private Lease take(Location folder, Clock clock) throws IOException {
    return Lease.take(storage(), folder, TTL, clock);
  }

  /** A clock that is ahead by the given time. */
  private static Clock in(Duration time) {
    return Clock.fixed(Instant.now().plus(time), ZoneOffset.UTC);
  }

  @Test
  void theSecondTakerLearnsWhoHoldsTheLease() throws IOException {
    Location folder = folder();
    try (Lease first = take(folder, Clock.systemUTC());
        Lease second = take(folder, Clock.systemUTC())) {
      assertThat(first.isHeld()).isTrue();
      assertThat(second.isHeld()).isFalse();
      assertThat(second.holder()).isEqualTo(first.holder()).contains("process");
    }
  }

  @Test
  void exactlyOneOfManyConcurrentTakersSucceeds() throws Exception {
    Location folder = folder();
    assertThat(held(race(folder, Clock.systemUTC()))).hasSize(1);
  }

  @Test
  void exactlyOneTakerReplacesADeadHolderWhichNoticesTheLoss() throws Exception {
    Location folder = folder();
    Lease dead = take(folder, Clock.systemUTC());
    assertThat(held(race(folder, in(TTL.minusSeconds(60))))).isEmpty();
    assertThat(held(race(folder, in(TTL.plusSeconds(60))))).hasSize(1);
    assertThat(dead.isHeld()).isTrue();
    dead.renew();
    assertThat(dead.isHeld()).isFalse();
    dead.close();
    assertThat(held(race(folder, Clock.systemUTC()))).isEmpty();
  }

  @Test
  void aHolderThatRenewsKeepsTheLease() throws Exception {
    Location folder = folder();
    Lease holder = take(folder, Clock.systemUTC());
    for (int i = 0; i < 3; i++) {
      holder.renew();
      assertThat(holder.isHeld()).isTrue();
    }
    assertThat(take(folder, Clock.systemUTC()).isHeld()).isFalse();
    try (Stream<FileEntry> files = storage().list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aReleasedLeaseCanBeTakenAtOnce() throws IOException {
    Location folder = folder();
    for (int i = 0; i < 3; i++) {
      try (Lease lease = take(folder, Clock.systemUTC())) {
        assertThat(lease.isHeld()).isTrue();
      }
    }
  }

  @Test
  void aHolderThatFailsToRenewLosesTheLease() throws IOException {
    Instant start = Instant.now();
    List<Instant> now = new ArrayList<>(List.of(start));
    Clock clock = new ManualClock(now);
    Lease lease = take(folder(), clock);
    assertThat(lease.isHeld()).isTrue();
    now.set(0, start.plus(TTL));
    assertThat(lease.isHeld()).isFalse();
  }

  /** A clock that is set by hand. */
  private static final class ManualClock extends Clock {

    private final List<Instant> now;

    ManualClock(List<Instant> now) {
      this.now = now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now.get(0);
    }
  }

  private List<Lease> race(Location folder, Clock clock) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Lease>> takers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        takers.add(() -> take(folder, clock));
      }
      List<Lease> leases = new ArrayList<>();
      for (Future<Lease> future : threads.invokeAll(takers)) {
        leases.add(future.get());
      }
      return leases;
    } finally {
      threads.shutdown();
    }
  }

  private static List<Lease> held(List<Lease> leases) {
    return leases.stream().filter(Lease::isHeld).toList();
  }
}
