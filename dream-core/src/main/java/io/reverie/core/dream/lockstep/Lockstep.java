package io.reverie.core.dream.lockstep;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.reverie.core.dream.gradient.Gradient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * Lets dreams on several threads share the passes of a network on one device: images of one size
 * pass it in one batch, which keeps a GPU busier than one after the other. Only the pass is shared.
 * Draws, norms, priors, masks, steps and errors are each dream's own, on its own thread.
 *
 * <p>A dream announces its route: the passes of its octaves, from the smallest up. Where it needs a
 * pass, it waits for all other dreams whose route still leads there, until the batch is full. So
 * dreams that are ahead wait for later ones at the next size that they have in common, and dreams
 * that have none never wait for each other. Nobody waits for a dream that waits at a pass of as
 * many pixels or more, so waiting dreams cannot form a circle; nor for one that has failed or
 * ended. No timeout is needed.
 *
 * <p>Passes start in the order in which they were asked for, as soon as the device has room for
 * them, also those of images that must pass alone.
 *
 * <p>The gradient of an image in a batch is that of the image alone up to the order in which
 * float32 sums are added. If a batch fails, usually for lack of memory, its images are tried in
 * batches of at most half its size.
 */
public final class Lockstep {

  /** Dreams that neither share nor wait. */
  public static final Lockstep NONE = new Lockstep(pass -> 0);

  private final ToIntFunction<Pass> capacity;
  private final Consumer<RuntimeException> failed;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<Lane> lanes = Collections.newSetFromMap(new IdentityHashMap<>());

  /** In the order in which they asked. */
  private final List<Lane> waiting = new ArrayList<>();

  private double load;
  private int largest = Integer.MAX_VALUE;
  private long passes;
  private long images;

  /**
   * Creates what the dreams of one device have in common.
   *
   * @param capacity returns how many images the device can take at once in passes of a kind; 0 if
   *     dreams neither share passes nor wait. It is called at every step
   */
  public Lockstep(ToIntFunction<Pass> capacity) {
    this(capacity, e -> {});
  }

  /**
   * Likewise.
   *
   * @param failed is told why a batch of several images failed, before they are tried in smaller
   *     ones
   */
  public Lockstep(ToIntFunction<Pass> capacity, Consumer<RuntimeException> failed) {
    this.capacity = capacity;
    this.failed = failed;
  }

  /**
   * What has passed so far.
   *
   * @param passes of one or more images
   * @param images in these passes
   * @param waiting number of dreams that wait at the moment
   */
  public record Statistics(long passes, long images, int waiting) {
    public Statistics {
      if (passes > images) {
        throw new IllegalArgumentException(
            "%d passes cannot have %d images".formatted(passes, images));
      }
    }
  }

  public Statistics statistics() {
    lock.lock();
    try {
      return new Statistics(passes, images, waiting.size());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Begins a dream.
   *
   * @param route the pass of each octave, smallest first
   */
  public Lane join(List<Pass> route) {
    Lane lane = new Lane(List.copyOf(route));
    lock.lock();
    try {
      lanes.add(lane);
      return lane;
    } finally {
      lock.unlock();
    }
  }

  private int capacity(Pass pass) {
    return Math.max(1, Math.min(largest, capacity.applyAsInt(pass)));
  }

  private Stream<Lane> waitingAt(Pass pass) {
    return waiting.stream().filter(lane -> lane.waitsAt(pass));
  }

  /** Returns how many of those who wait at a pass would start together. */
  private int size(Pass pass) {
    return pass.shared() ? (int) Math.min(capacity(pass), waitingAt(pass).count()) : 1;
  }

  /** Returns whether those who wait at a pass need not wait for others. */
  private boolean isComplete(Pass pass) {
    return !pass.shared()
        || size(pass) == capacity(pass)
        || lanes.stream().noneMatch(lane -> lane.isExpectedAt(pass));
  }

  private boolean canStart(Lane lane, Pass pass) {
    return isComplete(pass)
        && (load == 0 || load + (double) size(pass) / capacity(pass) <= 1)
        && waiting.subList(0, waiting.indexOf(lane)).stream()
            .map(Lane::pass)
            .noneMatch(earlier -> !earlier.equals(pass) && isComplete(earlier));
  }

  private Batch take(Pass pass, Lane first) {
    int most = capacity(pass);
    List<Lane> chosen =
        Stream.concat(Stream.of(first), waitingAt(pass).filter(lane -> lane != first))
            .limit(size(pass))
            .toList();
    List<Request> requests = chosen.stream().map(lane -> lane.asked.orElseThrow()).toList();
    requests.forEach(Request::take);
    chosen.forEach(Lane::withdraw);
    Batch batch = new Batch(pass, requests, (double) requests.size() / most);
    load += batch.load();
    passes++;
    images += batch.size();
    return batch;
  }

  private void compute(Batch batch) {
    List<NDArray> gradients = List.of();
    try {
      gradients = batch.gradients();
    } catch (RuntimeException e) {
      if (batch.size() == 1) {
        throw e;
      }
      // Each of its dreams tries again, and alone it fails on its own thread.
      failed.accept(e);
    } finally {
      end(batch, gradients);
    }
  }

  private void end(Batch batch, List<NDArray> gradients) {
    lock.lock();
    try {
      if (gradients.isEmpty() && batch.size() > 1) {
        largest = Math.min(largest, batch.size() / 2);
      }
      batch.end(gradients);
      // Not left to rounding, because no other dream might come to start the next.
      load = load - batch.load() < 1e-9 ? 0 : load - batch.load();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A dream, used by one thread. */
  public final class Lane implements AutoCloseable {

    private final List<Pass> route;
    private int octave;
    private Optional<Request> asked = Optional.empty();

    private Lane(List<Pass> route) {
      this.route = route;
    }

    /**
     * Goes on to an octave.
     *
     * @param number from 0, the smallest
     */
    public void moveTo(int number) {
      lock.lock();
      try {
        octave = number;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    private Pass pass() {
      return route.get(octave);
    }

    private boolean waitsAt(Pass pass) {
      return asked.isPresent() && pass().equals(pass);
    }

    /** Returns whether it is on its way to a pass. */
    private boolean isExpectedAt(Pass pass) {
      return route.subList(octave, route.size()).contains(pass)
          && (asked.isEmpty() || pass().pixels() < pass.pixels());
    }

    /**
     * Returns the gradient of an image at the current octave, together with those of others.
     *
     * @param image (1, H, W, 3), of the size of the octave's pass
     * @param scope owns the gradient
     * @throws CancellationException if the thread is interrupted while it waits
     */
    public NDArray gradient(Gradient gradient, NDArray image, NDManager scope) {
      return answer(new Request(new Request.Part(gradient, image, scope)));
    }

    /**
     * Computes a gradient at the current octave when the device has room for the pass.
     *
     * @throws CancellationException if the thread is interrupted while it waits
     */
    public NDArray alone(Supplier<NDArray> gradient) {
      return answer(new Request(gradient));
    }

    private NDArray answer(Request request) {
      Pass pass = pass();
      if (capacity.applyAsInt(pass) == 0) {
        return request.alone();
      }
      while (request.result().isEmpty()) {
        await(pass, request).ifPresent(Lockstep.this::compute);
      }
      return request.result().get();
    }

    /**
     * Waits.
     *
     * @return what this thread must compute; empty if another thread has done so or failed
     */
    private Optional<Batch> await(Pass pass, Request request) {
      lock.lock();
      try {
        asked = Optional.of(request);
        waiting.add(this);
        changed.signalAll();
        while (request.isWaiting() && !canStart(this, pass)) {
          changed.await();
        }
        if (request.isWaiting()) {
          return Optional.of(take(pass, this));
        }
        awaitEnd(request);
        return Optional.empty();
      } catch (InterruptedException e) {
        // Another thread may be using the image.
        awaitEnd(request);
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while waiting for other dreams");
      } finally {
        withdraw();
        lock.unlock();
      }
    }

    private void awaitEnd(Request request) {
      while (request.isTaken()) {
        changed.awaitUninterruptibly();
      }
    }

    private void withdraw() {
      asked = Optional.empty();
      waiting.remove(this);
      changed.signalAll();
    }

    /** Ends the dream, whether it succeeded or failed. */
    @Override
    public void close() {
      lock.lock();
      try {
        lanes.remove(this);
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
