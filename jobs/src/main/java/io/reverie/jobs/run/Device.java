package io.reverie.jobs.run;

import io.reverie.core.engine.Torch;
import io.reverie.jobs.error.UserException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a task computes. */
public enum Device {
  /** The GPU that Spark assigned, if there is one and the engine can use it; otherwise the CPU. */
  AUTO,
  CPU,
  /** A GPU; the task fails without one. */
  GPU;

  private static final Logger LOG = LoggerFactory.getLogger(Device.class);

  /** Spark's name for the executor of a driver that computes itself. */
  private static final String DRIVER = "driver";

  private static final AtomicBoolean WARNED = new AtomicBoolean();

  /**
   * Returns the engine's name for the device of the current task, such as cpu or gpu0.
   *
   * @throws UserException if a GPU is required but not available
   */
  public String ofTask() {
    if (!SparkEnv.get().executorId().equals(DRIVER)) {
      // The driver's console has it.
      warning().filter(w -> WARNED.compareAndSet(false, true)).ifPresent(LOG::warn);
    }
    TaskContext context = TaskContext.get();
    Map<String, ResourceInformation> resources = context.resourcesJMap();
    Optional<String> address =
        Optional.ofNullable(resources.get("gpu"))
            .filter(gpu -> gpu.addresses().length > 0)
            .map(gpu -> gpu.addresses()[0]);
    return choose(address, context.partitionId(), this == CPU ? 0 : Torch.gpus(), Device::reason);
  }

  /**
   * Fails early on a machine without the required GPU.
   *
   * @throws UserException if a GPU is required but not available
   */
  public void check() {
    if (this == GPU) {
      choose(Optional.empty(), 0, Torch.gpus(), Device::reason);
    }
  }

  /** Says that and why a GPU of this machine stays idle. */
  public Optional<String> warning() {
    return this == AUTO
        ? Torch.unusableGpu().map("no GPU is used, and dreams take the CPU: "::concat)
        : Optional.empty();
  }

  /** Returns cpu or gpu, without a number. */
  public String ofThisMachine() {
    return this == CPU || Torch.gpus() == 0 ? "cpu" : "gpu";
  }

  private static String reason() {
    return Torch.noGpu().orElse("");
  }

  /**
   * As {@link #ofTask}.
   *
   * @param reason why there is none, if {@code gpus} is 0
   */
  String choose(Optional<String> address, int task, int gpus, Supplier<String> reason) {
    if (this == CPU || (this == AUTO && gpus == 0)) {
      return "cpu";
    }
    if (gpus == 0) {
      throw UserException.environment(
          "%s the engine finds no GPU on this machine: %s, or use --device auto (see deploy/README.md)"
              .formatted(
                  address.map(a -> "Spark assigned GPU " + a + ", but").orElse("--device gpu:"),
                  reason.get()));
    }
    return "gpu" + address.orElseGet(() -> Integer.toString(Math.floorMod(task, gpus)));
  }
}
