package io.reverie.jobs.network;

import io.reverie.core.dream.lockstep.Lockstep;
import io.reverie.core.dream.lockstep.Pass;
import io.reverie.core.engine.Torch;
import io.reverie.jobs.run.BatchSize;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the dreams of this JVM share passes of a network: one lockstep for each device. */
public final class Locksteps {

  private static final Logger LOG = LoggerFactory.getLogger(Locksteps.class);

  private static final Map<Key, Lockstep> ALL = new ConcurrentHashMap<>();

  private Locksteps() {}

  private record Key(String device, BatchSize batch) {}

  /**
   * Returns the lockstep of a device.
   *
   * @param device such as cpu or gpu0
   */
  public static Lockstep of(String device, BatchSize batch) {
    return batch.sharesOn(device)
        ? ALL.computeIfAbsent(new Key(device, batch), Locksteps::open)
        : Lockstep.NONE;
  }

  private static Lockstep open(Key key) {
    ToIntFunction<Pass> capacity =
        key.batch().isAuto()
            ? new PassMemory(() -> Torch.freeGpuMemory(key.device()))
            : pass -> key.batch().images();
    return new Lockstep(
        capacity,
        e -> LOG.warn("a batch failed on {} and is tried in smaller ones: {}", key.device(), e));
  }
}
