package io.reverie.video.timestamp;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.timestamp.CopiedTimes.Times;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CopiedTimesTest {

  private static final long FRAME = 20;
  private static final long HOUR = 3_600_000;

  /** In milliseconds; each packet lasts 20. */
  private final CopiedTimes times = new CopiedTimes(1000);

  private long[] copy(long... read) {
    long[] copied = new long[read.length];
    for (int i = 0; i < read.length; i++) {
      long following =
          Arrays.stream(read, i + 1, read.length)
              .filter(t -> t != CopiedTimes.UNKNOWN)
              .min()
              .orElse(CopiedTimes.UNKNOWN);
      copied[i] = times.next(new Times(read[i], read[i]), FRAME, following).decoded();
    }
    return copied;
  }

  @Test
  void validTimesStayUnchanged() {
    long[] good = {0, 20, 40, 40, 75, 5000, 5020};

    assertThat(copy(good)).isEqualTo(good);
    assertThat(times.repaired()).isZero();
  }

  @Test
  void aStrayPacketFollowsThePreviousOne() {
    assertThat(copy(0, 20, 20 * HOUR, 60, 80)).containsExactly(0, 20, 40, 60, 80);
    assertThat(times.repaired()).isEqualTo(1);
  }

  @Test
  void aStrayFirstPacketTakesTheTimeOfTheSecond() {
    assertThat(copy(20 * HOUR, 20, 40)).containsExactly(20, 20, 40);
  }

  @Test
  void aPacketWithoutATimeFollowsThePreviousOne() {
    assertThat(copy(0, CopiedTimes.UNKNOWN, 40)).containsExactly(0, 20, 40);
    assertThat(times.repaired()).isEqualTo(1);
  }

  @Test
  void repeatedPacketsAreHeld() {
    assertThat(copy(0, 20, 40, 60)).containsExactly(0, 20, 40, 60);
    assertThat(times.next(new Times(40, 40), FRAME, 80).decoded()).isEqualTo(60);
    assertThat(times.next(new Times(80, 80), FRAME, 100).decoded()).isEqualTo(80);
    assertThat(times.repaired()).isEqualTo(1);
  }

  @Test
  void aClockResetContinuesThePreviousTimes() {
    copy(50_000, 50_020);

    assertThat(copy(0, 20, 40)).containsExactly(50_040, 50_060, 50_080);
    assertThat(times.repaired()).isEqualTo(1);
  }

  @Test
  void aJumpOfManyHoursIsClosed() {
    assertThat(copy(0, 20, 26 * HOUR, 26 * HOUR + 20)).containsExactly(0, 20, 40, 60);
  }

  @Test
  void presentationNeverPrecedesDecoding() {
    assertThat(times.next(new Times(10, 50), FRAME, 100)).isEqualTo(new Times(50, 50));
    assertThat(times.next(new Times(140, 100), FRAME, 200)).isEqualTo(new Times(140, 100));
  }

  @Test
  void timesNeverDecrease() {
    Random random = new Random(4);
    for (int round = 0; round < 200; round++) {
      CopiedTimes own = new CopiedTimes(1 + random.nextInt(100_000));
      long last = Long.MIN_VALUE;
      for (int i = 0; i < 100; i++) {
        long read = random.nextInt(9) == 0 ? CopiedTimes.UNKNOWN : random.nextLong() >> 25;
        long following = random.nextInt(9) == 0 ? CopiedTimes.UNKNOWN : random.nextLong() >> 25;
        Times copied = own.next(new Times(read, read), random.nextInt(50), following);
        assertThat(copied.decoded()).isGreaterThanOrEqualTo(i == 0 ? Long.MIN_VALUE : last);
        assertThat(copied.shown()).isGreaterThanOrEqualTo(copied.decoded());
        last = copied.decoded();
      }
    }
  }

  @Test
  void clocksThatStepBackOrJumpAreDetected() {
    LongStream joined = LongStream.concat(LongStream.range(0, 60), LongStream.range(20, 60));

    assertThat(ClockBreak.find(joined.toArray(), 0.05))
        .hasToString("Optional[steps back from 2.95 s to 1.80 s]");
    assertThat(ClockBreak.find(new long[] {0, 1, 400_000_000}, 1e-3))
        .hasToString("Optional[jumps from 0.00 s to 400000.00 s]");
  }

  @Test
  void reorderedFramesAreNotABreak() {
    assertThat(ClockBreak.find(new long[] {0, 16, 8, 4, 2, 1, 3, 6, 5, 7, 12, 10}, 1)).isEmpty();
    assertThat(ClockBreak.find(new long[0], 1)).isEmpty();
  }
}
