package io.reverie.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a lease keeps to, wherever its files lie. */
interface LeaseContract {

  Duration TTL = Duration.ofMinutes(5);

  /** Where the lease lies. */
  Storage storage() throws IOException;

  /** A folder of this test alone. */
  Location root();

  /** A clock that stands until it is told to go on. */
  final class Hands extends Clock {

    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void forward(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  private Location folder() {
    return root().resolve(".reverie/lease");
  }

  private Optional<Lease> take(Clock clock) throws IOException {
    return Lease.take(storage(), folder(), TTL, clock);
  }

  private Generations generations() throws IOException {
    return new Generations(storage(), folder());
  }

  /** Has eight try it at once, and gives what the only one got who succeeded. */
  private Lease onlyOneOfEight(Clock clock) throws Exception {
    List<Optional<Lease>> taken = StorageContract.atOnce(8, i -> () -> take(clock));
    List<Lease> held = taken.stream().flatMap(Optional::stream).toList();
    assertThat(held).hasSize(1);
    held.get(0).check();
    return held.get(0);
  }

  @Test
  default void ofEightThatTakeALeaseOneHasItUntilItGivesItBack() throws Exception {
    Hands clock = new Hands();
    for (int round = 0; round < 3; round++) {
      try (Lease lease = onlyOneOfEight(clock)) {
        assertThat(lease.isHeld()).isTrue();
        assertThat(take(clock)).isEmpty();
      }
    }
  }

  @Test
  default void aLeaseTellsWhoHasIt() throws IOException {
    Hands clock = new Hands();
    assertThat(generations().last()).isEmpty();
    try (Lease lease = take(clock).orElseThrow()) {
      Holder holder = generations().last().orElseThrow();
      assertThat(holder.process()).isEqualTo(ProcessHandle.current().pid());
      assertThat(holder)
          .hasToString(
              "process %d on %s, since 2026-01-01T00:00:00Z"
                  .formatted(holder.process(), holder.host()));
      clock.forward(Duration.ofMinutes(1));
      lease.renew();
      Holder renewed = generations().last().orElseThrow();
      assertThat(renewed.id()).isEqualTo(holder.id());
      assertThat(renewed.since()).isEqualTo(holder.since());
      assertThat(renewed.renewed()).isEqualTo(clock.instant());
      assertThat(renewed.expires()).isEqualTo(clock.instant().plus(TTL));
      assertThat(renewed.released()).isFalse();
    }
    assertThat(generations().last().orElseThrow().released()).isTrue();
  }

  @Test
  default void aRenewedLeaseDoesNotExpire() throws IOException {
    Hands clock = new Hands();
    try (Lease lease = take(clock).orElseThrow()) {
      for (int i = 0; i < 12; i++) {
        clock.forward(TTL.minusSeconds(1));
        assertThat(take(clock)).isEmpty();
        assertThat(lease.isHeld()).isTrue();
        lease.renew();
      }
      // What is no longer needed is deleted.
      assertThat(generations().all()).hasSizeLessThanOrEqualTo(10);
    }
  }

  @Test
  default void theLeaseOfADeadHolderIsTakenOverByOneOfEightOnceItIsOver() throws Exception {
    Hands clock = new Hands();
    assertThat(take(clock)).isPresent();
    clock.forward(TTL.plusMinutes(1));
    // The dead one's clock may have been late.
    assertThat(take(clock)).isEmpty();
    clock.forward(Duration.ofSeconds(1));
    onlyOneOfEight(clock).close();
  }

  @Test
  default void aHolderNoticesThatItsLeaseWasTakenOverAndLeavesItAlone() throws IOException {
    Hands clock = new Hands();
    Lease old = take(clock).orElseThrow();
    clock.forward(TTL);
    assertThat(old.isHeld()).isFalse();
    clock.forward(TTL);
    try (Lease lease = take(clock).orElseThrow()) {
      assertThatThrownBy(old::check)
          .isInstanceOf(StorageException.class)
          .hasMessageContaining(folder() + ": another run has taken over this work (process ");
      assertThat(old.isHeld()).isFalse();
      old.renew();
      old.close();
      lease.check();
      assertThat(take(clock)).isEmpty();
    }
  }

  @Test
  default void aHolderWhoseClockIsLateNoticesAtItsNextRenewal() throws IOException {
    Hands late = new Hands();
    Hands clock = new Hands();
    Lease old = take(late).orElseThrow();
    clock.forward(TTL.multipliedBy(2));
    try (Lease lease = take(clock).orElseThrow()) {
      old.renew();
      assertThat(old.isHeld()).isFalse();
      lease.check();
    }
  }

  @Test
  default void aHolderThatSleptGoesOnIfNobodyTookItsPlace() throws IOException {
    Hands clock = new Hands();
    try (Lease lease = take(clock).orElseThrow()) {
      clock.forward(TTL.multipliedBy(100));
      assertThat(lease.isHeld()).isFalse();
      lease.check();
      assertThat(lease.isHeld()).isTrue();
      assertThat(take(clock)).isEmpty();
    }
  }

  @Test
  default void oneWhoLookedLongAgoDoesNotWinANumberThatIsFreeAgain() throws IOException {
    Hands clock = new Hands();
    try (Lease lease = take(clock).orElseThrow()) {
      for (int i = 0; i < 12; i++) {
        lease.renew();
      }
      assertThat(generations().read(2)).isEmpty();
      assertThat(generations().claim(2, Holder.here(clock.instant(), TTL))).isEmpty();
      lease.renew();
      lease.check();
    }
  }

  @Test
  default void aRenewalWhoseAnswerWasLostIsNoLoss() throws IOException {
    Hands clock = new Hands();
    try (Lease lease = take(clock).orElseThrow()) {
      Holder holder = generations().last().orElseThrow();
      assertThat(generations().claim(2, holder.renew(clock.instant(), TTL))).isPresent();
      clock.forward(Duration.ofMinutes(2));
      lease.renew();
      lease.check();
      // Others know the earlier time.
      clock.forward(Duration.ofMinutes(3));
      assertThat(lease.isHeld()).isFalse();
    }
    assertThat(generations().last().orElseThrow().released()).isTrue();
  }

  @Test
  default void aLeaseIsGivenBackEvenIfTheAnswerToItsRenewalWasLost() throws IOException {
    Hands clock = new Hands();
    try (Lease lease = take(clock).orElseThrow()) {
      Holder holder = generations().last().orElseThrow();
      assertThat(lease.isHeld()).isTrue();
      assertThat(generations().claim(2, holder.renew(clock.instant(), TTL))).isPresent();
    }
    assertThat(take(clock)).isPresent();
  }

  @Test
  default void aFileThatIsNoLeaseIsToldSo() throws IOException {
    storage().write(folder().resolve("000000000007"), new byte[] {'?'});
    assertThatThrownBy(() -> take(new Hands()))
        .hasMessageEndingWith("/000000000007: this is no lease; delete it if no run is at work");
  }
}
