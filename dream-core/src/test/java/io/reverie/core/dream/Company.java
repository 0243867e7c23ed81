package io.reverie.core.dream;

import ai.djl.ndarray.types.Shape;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.image.Mask;
import io.reverie.core.dream.lockstep.Lockstep;
import io.reverie.core.dream.lockstep.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Dreams that run at the same time, each on a thread of its own. */
final class Company {

  private final int most;
  private final Lockstep lockstep;

  /**
   * Creates a company.
   *
   * @param most number of images in a batch
   */
  Company(int most) {
    this.most = most;
    this.lockstep = new Lockstep(pass -> most);
  }

  /** A company whose batches have any number of images. */
  static Company unlimited() {
    return new Company(100);
  }

  Lockstep lockstep() {
    return lockstep;
  }

  /** A dream and what it starts from. */
  record Start(Dreamer dreamer, Image source, Mask mask, long pts, Optional<WarmStart> warmStart) {

    static Start of(Dreamer dreamer, Image source, long pts) {
      return new Start(dreamer, source, Mask.whole(source.size()), pts, Optional.empty());
    }

    Start with(Dreamer other) {
      return new Start(other, source, mask, pts, warmStart);
    }

    Start from(WarmStart warm) {
      return new Start(dreamer, source, mask, pts, Optional.of(warm));
    }

    Start within(Mask other) {
      return new Start(dreamer, source, other, pts, warmStart);
    }

    Dream alone() {
      return dreamer.dream(source, mask, pts, warmStart);
    }

    /** The pass of the smallest octave. */
    private Pass firstPass() {
      List<Size> sizes = dreamer.octaves(source.size());
      Size smallest = sizes.get(0);
      return GradientSource.pass(
          dreamer,
          dreamer.spec().octaveSpecs(sizes.size()).get(0),
          new Shape(1, smallest.height(), smallest.width(), 3));
    }
  }

  /**
   * Dreams all at once. If a batch can hold all, those that need the same first pass begin with it
   * in one: a gate for each keeps them there until all have come. Smaller batches start when they
   * are full, so gates would block the last dreams forever.
   */
  List<Future<Dream>> dream(List<Start> starts) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(starts.size());
    List<Lockstep.Lane> gates = new ArrayList<>();
    try {
      List<Future<Dream>> dreams = new ArrayList<>();
      int gated = 0;
      for (Start start : starts) {
        Pass first = start.firstPass();
        if (first.shared() && starts.size() <= most) {
          gates.add(lockstep.join(List.of(first)));
          gated++;
        }
      }
      for (Start start : starts) {
        dreams.add(threads.submit(start.with(start.dreamer().withLockstep(lockstep))::alone));
      }
      while (lockstep.statistics().waiting() < gated && !dreams.stream().allMatch(Future::isDone)) {
        Thread.onSpinWait();
      }
      gates.forEach(Lockstep.Lane::close);
      for (Future<Dream> dream : dreams) {
        await(dream);
      }
      return dreams;
    } finally {
      gates.forEach(Lockstep.Lane::close);
      threads.shutdownNow();
    }
  }

  private static void await(Future<Dream> dream) throws InterruptedException {
    try {
      dream.get();
    } catch (ExecutionException e) {
      // The test looks at it.
    }
  }
}
