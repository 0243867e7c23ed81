package io.reverie.core.dream.lockstep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.SmallNetwork;
import io.reverie.core.dream.TestDreams;
import io.reverie.core.dream.gradient.Gradient;
import io.reverie.core.dream.image.ImageTensors;
import io.reverie.core.engine.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who waits for whom. */
class LaneTest {

  @RegisterExtension static final SmallNetwork NETWORK = new SmallNetwork();

  private static final Size SMALL = new Size(24, 16);

  /** Of as many pixels. */
  private static final Size UPRIGHT = new Size(16, 24);

  private static final Size LARGE = new Size(48, 32);

  private static final Executor THREADS =
      task -> {
        Thread thread = new Thread(task, "dream");
        thread.setDaemon(true);
        thread.start();
      };

  private final Lockstep lockstep = new Lockstep(pass -> 4);

  private static Gradient gradient() {
    return new Gradient(NETWORK.network(), List.of(TestDreams.CONV2));
  }

  private static Pass pass(Size size) {
    return new Pass(NETWORK.network(), gradient().layers(), size.height(), size.width(), true);
  }

  private static Pass alone(Size size) {
    return new Pass(NETWORK.network(), gradient().layers(), size.height(), size.width(), false);
  }

  private Lockstep.Lane lane(Size... route) {
    return lockstep.join(List.of(route).stream().map(LaneTest::pass).toList());
  }

  /** Asks for the gradient of an image on another thread. */
  private static CompletableFuture<float[]> ask(Lockstep.Lane lane, Size size) {
    return CompletableFuture.supplyAsync(() -> gradient(lane, size, 1), THREADS)
        .orTimeout(60, TimeUnit.SECONDS);
  }

  private static float[] gradient(Lockstep.Lane lane, Size size, int seed) {
    Torch.useOneThread();
    Image image = TestDreams.photo(size, seed);
    try (NDManager scope = NETWORK.network().manager().newSubManager()) {
      return lane.gradient(gradient(), ImageTensors.tensor(image, scope), scope).toFloatArray();
    }
  }

  private void awaitWaiting(int count) {
    while (lockstep.statistics().waiting() != count) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whoIsAheadWaitsForWhoIsBehind() {
    try (Lockstep.Lane ahead = lane(SMALL, LARGE);
        Lockstep.Lane behind = lane(SMALL, LARGE)) {
      ahead.moveTo(1);
      CompletableFuture<float[]> large = ask(ahead, LARGE);
      awaitWaiting(1);
      gradient(behind, SMALL, 2);
      assertThat(large).isNotDone();
      behind.moveTo(1);
      gradient(behind, LARGE, 3);
      large.join();
      assertThat(lockstep.statistics()).isEqualTo(new Lockstep.Statistics(2, 3, 0));
    }
  }

  @Test
  void whoHasLeftOrPassedIsNotWaitedFor() {
    try (Lockstep.Lane dream = lane(SMALL);
        Lockstep.Lane passed = lane(SMALL, LARGE);
        Lockstep.Lane failed = lane(SMALL)) {
      CompletableFuture<float[]> small = ask(dream, SMALL);
      awaitWaiting(1);
      passed.moveTo(1);
      assertThat(small).isNotDone();
      failed.close();
      small.join();
    }
  }

  @Test
  void dreamsWithoutACommonSizeNeverWait() {
    try (Lockstep.Lane one = lane(SMALL);
        Lockstep.Lane other = lane(LARGE)) {
      gradient(one, SMALL, 1);
      gradient(other, LARGE, 1);
      assertThat(lockstep.statistics()).isEqualTo(new Lockstep.Statistics(2, 2, 0));
    }
  }

  /** Each would wait for the other, if a dream that waits at the same size were expected. */
  @Test
  void noCircleOfDreamsWaits() {
    Pass one = pass(SMALL);
    Pass other = pass(UPRIGHT);
    Lockstep.Lane first = lockstep.join(List.of(one, other));
    Lockstep.Lane second = lockstep.join(List.of(other, one));
    CompletableFuture.allOf(
            CompletableFuture.runAsync(() -> dream(first, SMALL, UPRIGHT), THREADS),
            CompletableFuture.runAsync(() -> dream(second, UPRIGHT, SMALL), THREADS))
        .orTimeout(60, TimeUnit.SECONDS)
        .join();
    assertThat(lockstep.statistics().images()).isEqualTo(4);
  }

  private static void dream(Lockstep.Lane lane, Size small, Size large) {
    try (lane) {
      gradient(lane, small, 1);
      lane.moveTo(1);
      gradient(lane, large, 2);
    }
  }

  @Test
  void aFullBatchWaitsForNobody() {
    List<Lockstep.Lane> lanes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      lanes.add(lane(SMALL));
    }
    List<CompletableFuture<float[]>> four =
        lanes.subList(0, 4).stream().map(lane -> ask(lane, SMALL)).toList();
    four.forEach(CompletableFuture::join);
    assertThat(lockstep.statistics()).isEqualTo(new Lockstep.Statistics(1, 4, 0));
    lanes.forEach(Lockstep.Lane::close);
  }

  /** As on a device that has no memory for the batch: these images do not fit together. */
  @Test
  void aBatchThatFailsIsDividedUntilItSucceeds() {
    List<RuntimeException> failures = new CopyOnWriteArrayList<>();
    Lockstep lenient = new Lockstep(pass -> 4, failures::add);
    try (Lockstep.Lane one = lenient.join(List.of(pass(SMALL)));
        Lockstep.Lane other = lenient.join(List.of(pass(SMALL)));
        Lockstep.Lane alone = Lockstep.NONE.join(List.of(pass(SMALL)))) {
      CompletableFuture<float[]> small = ask(one, SMALL);
      CompletableFuture<float[]> large = ask(other, LARGE);
      assertThat(small.join()).containsExactly(gradient(alone, SMALL, 1));
      assertThat(large.join()).containsExactly(gradient(alone, LARGE, 1));
      assertThat(failures).hasSize(1);
      assertThat(lenient.statistics()).isEqualTo(new Lockstep.Statistics(3, 4, 0));
    }
  }

  @Test
  void anImageThatFailsAloneFailsOnItsOwnThread() {
    Size tiny = new Size(1, 1);
    try (Lockstep.Lane one = lane(SMALL);
        Lockstep.Lane other = lane(SMALL)) {
      CompletableFuture<float[]> good = ask(one, SMALL);
      CompletableFuture<float[]> bad = ask(other, tiny);
      assertThat(good.join()).isNotEmpty();
      assertThatThrownBy(bad::join).isInstanceOf(CompletionException.class);
    }
  }

  /** The load of a device is bounded, and those that came first are not overtaken for ever. */
  @Test
  void anImageThatMustPassAloneWaitsForRoom() {
    Lockstep two = new Lockstep(pass -> pass.shared() ? 2 : 1);
    CompletableFuture<Void> begun = new CompletableFuture<>();
    CompletableFuture<Void> goOn = new CompletableFuture<>();
    try (Lockstep.Lane tiled = two.join(List.of(alone(LARGE)));
        Lockstep.Lane other = two.join(List.of(alone(LARGE)));
        Lockstep.Lane whole = two.join(List.of(pass(SMALL)));
        NDManager scope = NETWORK.network().manager().newSubManager()) {
      CompletableFuture<NDArray> first =
          CompletableFuture.supplyAsync(
              () ->
                  tiled.alone(
                      () -> {
                        begun.complete(null);
                        goOn.join();
                        return scope.ones(new Shape(1));
                      }),
              THREADS);
      begun.join();
      CompletableFuture<NDArray> second =
          CompletableFuture.supplyAsync(() -> other.alone(() -> scope.ones(new Shape(2))), THREADS);
      CompletableFuture<float[]> third = ask(whole, SMALL);
      while (two.statistics().waiting() < 2) {
        Thread.onSpinWait();
      }
      assertThat(two.statistics().passes()).isEqualTo(1);
      goOn.complete(null);
      CompletableFuture.allOf(first, second, third).orTimeout(60, TimeUnit.SECONDS).join();
      assertThat(two.statistics()).isEqualTo(new Lockstep.Statistics(3, 3, 0));
    }
  }

  @Test
  void whoWaitsCanBeInterrupted() throws InterruptedException {
    try (Lockstep.Lane stays = lane(SMALL);
        Lockstep.Lane expected = lane(SMALL)) {
      List<Throwable> thrown = new ArrayList<>();
      Thread waits =
          new Thread(
              () -> {
                try (Lockstep.Lane lane = lane(SMALL)) {
                  gradient(lane, SMALL, 1);
                } catch (CancellationException e) {
                  thrown.add(e);
                  assertThat(Thread.currentThread().isInterrupted()).isTrue();
                }
              });
      waits.start();
      awaitWaiting(1);
      waits.interrupt();
      waits.join();
      assertThat(thrown).hasSize(1);
      CompletableFuture<float[]> other = ask(stays, SMALL);
      gradient(expected, SMALL, 2);
      other.join();
      assertThat(lockstep.statistics()).isEqualTo(new Lockstep.Statistics(1, 2, 0));
    }
  }

  /** Dreams of three kinds that come and go, some of which fail, on a device for three images. */
  @Test
  void manyDreamsOfManyKindsAllEnd() {
    Lockstep small = new Lockstep(pass -> 3);
    List<CompletableFuture<Void>> tasks = new ArrayList<>();
    for (int task = 0; task < 8; task++) {
      SplittableRandom random = new SplittableRandom(task);
      tasks.add(
          CompletableFuture.runAsync(
                  () -> {
                    for (int i = 0; i < 20; i++) {
                      dream(small, random);
                    }
                  },
                  THREADS)
              .orTimeout(120, TimeUnit.SECONDS));
    }
    tasks.forEach(CompletableFuture::join);
    Lockstep.Statistics statistics = small.statistics();
    assertThat(statistics.waiting()).isZero();
    assertThat(statistics.passes()).isLessThan(statistics.images());
  }

  private static void dream(Lockstep lockstep, SplittableRandom random) {
    List<List<Size>> routes =
        List.of(List.of(SMALL, LARGE), List.of(SMALL), List.of(new Size(20, 20), LARGE));
    List<Size> route = routes.get(random.nextInt(routes.size()));
    boolean tiled = random.nextInt(4) == 0;
    List<Pass> passes =
        route.stream().map(size -> tiled && size.equals(LARGE) ? alone(size) : pass(size)).toList();
    try (Lockstep.Lane lane = lockstep.join(passes)) {
      for (int octave = 0; octave < route.size(); octave++) {
        lane.moveTo(octave);
        for (int t = random.nextInt(4); t >= 0; t--) {
          gradient(lane, route.get(octave), t);
        }
        if (random.nextInt(10) == 0) {
          return;
        }
      }
    }
  }
}
