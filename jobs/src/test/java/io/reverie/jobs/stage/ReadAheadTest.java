package io.reverie.jobs.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ReadAheadTest {

  private static Supplier<Optional<Integer>> numbers(int count) {
    AtomicInteger next = new AtomicInteger();
    return () -> Optional.of(next.getAndIncrement()).filter(number -> number < count);
  }

  @Test
  void itemsComeInOrderAndThenNone() {
    List<Integer> read = new ArrayList<>();
    try (ReadAhead<Integer> ahead = new ReadAhead<>(numbers(500), 2)) {
      for (Optional<Integer> next = ahead.next(); next.isPresent(); next = ahead.next()) {
        read.add(next.get());
      }
      assertThat(ahead.next()).isEmpty();
    }
    assertThat(read).hasSize(500).isSorted();
  }

  @Test
  void noMoreThanTheCapacityIsReadAhead() {
    Semaphore reads = new Semaphore(0);
    Supplier<Optional<Integer>> source = numbers(500);
    try (ReadAhead<Integer> ahead =
        new ReadAhead<>(
            () -> {
              reads.release();
              return source.get();
            },
            3)) {
      reads.acquireUninterruptibly(3);
      assertThat(reads.tryAcquire()).isFalse();
      assertThat(ahead.next()).contains(0);
      reads.acquireUninterruptibly();
    }
    assertThat(reads.availablePermits()).isZero();
  }

  @Test
  void aFailureComesAfterTheItemsBeforeIt() {
    Supplier<Optional<Integer>> source = numbers(500);
    IllegalArgumentException failure = new IllegalArgumentException("damaged");
    try (ReadAhead<Integer> ahead =
        new ReadAhead<>(
            () -> {
              Optional<Integer> next = source.get();
              if (next.equals(Optional.of(2))) {
                throw failure;
              }
              return next;
            },
            2)) {
      assertThat(ahead.next()).contains(0);
      assertThat(ahead.next()).contains(1);
      assertThatThrownBy(ahead::next).isSameAs(failure);
      assertThat(ahead.next()).isEmpty();
    }
  }

  @Test
  void errorsOfTheVirtualMachineArePassedOn() {
    try (ReadAhead<Integer> ahead =
        new ReadAhead<>(
            () -> {
              throw new OutOfMemoryError("frames");
            },
            1)) {
      assertThatThrownBy(ahead::next).isInstanceOf(OutOfMemoryError.class);
    }
  }

  @Test
  void closingWaitsForTheReadInProgress() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Semaphore proceed = new Semaphore(0);
    AtomicInteger finished = new AtomicInteger();
    ReadAhead<Integer> ahead =
        new ReadAhead<>(
            () -> {
              begun.countDown();
              proceed.acquireUninterruptibly();
              finished.incrementAndGet();
              return Optional.of(1);
            },
            1);
    begun.await();
    new Thread(proceed::release).start();
    ahead.close();
    assertThat(finished).hasValue(1);
  }
}
