package io.reverie.jobs.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WriteBehindTest {

  @Test
  void workIsDoneInOrder() throws IOException {
    List<Integer> done = new ArrayList<>();
    try (WriteBehind writer = new WriteBehind(2)) {
      for (int i = 0; i < 500; i++) {
        int number = i;
        writer.add(() -> done.add(number));
      }
      writer.finish();
      assertThat(done).hasSize(500).isSorted();
    }
  }

  @Test
  void noMoreThanTheCapacityWaits() throws Exception {
    Semaphore proceed = new Semaphore(0);
    AtomicInteger given = new AtomicInteger();
    CountDownLatch two = new CountDownLatch(2);
    try (WriteBehind writer = new WriteBehind(2)) {
      Thread giver =
          new Thread(
              () -> {
                for (int i = 0; i < 3; i++) {
                  try {
                    writer.add(proceed::acquireUninterruptibly);
                  } catch (IOException e) {
                    throw new IllegalStateException(e);
                  }
                  given.incrementAndGet();
                  two.countDown();
                }
              });
      giver.start();
      two.await();
      while (giver.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      assertThat(given).hasValue(2);
      proceed.release(3);
      giver.join();
      writer.finish();
    }
    assertThat(given).hasValue(3);
  }

  @Test
  void aFailureEndsTheWork() throws IOException {
    List<Integer> done = new ArrayList<>();
    IOException failure = new IOException("full");
    try (WriteBehind writer = new WriteBehind(8)) {
      writer.add(() -> done.add(1));
      assertThatThrownBy(
              () -> {
                writer.add(
                    () -> {
                      throw failure;
                    });
                writer.add(() -> done.add(2));
                writer.finish();
              })
          .isSameAs(failure);
      assertThatThrownBy(writer::finish).isSameAs(failure);
    }
    assertThat(done).containsExactly(1);
  }

  @Test
  void closingSkipsWhatIsNotDone() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Semaphore proceed = new Semaphore(0);
    List<Integer> done = new ArrayList<>();
    WriteBehind writer = new WriteBehind(3);
    writer.add(
        () -> {
          begun.countDown();
          proceed.acquireUninterruptibly();
          done.add(1);
        });
    writer.add(() -> done.add(2));
    begun.await();
    Thread closer = new Thread(writer::close);
    closer.start();
    while (closer.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    proceed.release();
    closer.join();
    assertThat(done).containsExactly(1);
  }

  @Test
  void partsAreClosedFromTheLatestEvenIfOneFails() {
    List<Integer> closed = new ArrayList<>();
    CloseList list = new CloseList();
    list.add(() -> closed.add(1));
    list.add(
        () -> {
          throw new IllegalStateException("2");
        });
    list.add(() -> closed.add(3));
    assertThatThrownBy(list::close).hasMessage("2");
    assertThat(closed).containsExactly(3, 1);
  }
}
