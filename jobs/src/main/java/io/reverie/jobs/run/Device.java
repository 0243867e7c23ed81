package io.reverie.jobs.run;

import io.reverie.core.engine.Torch;
import io.reverie.jobs.error.UserException;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/** Where a task computes. */
public enum Device {
  /** The GPU that Spark assigned, if there is one and the engine can use it; otherwise the CPU. */
  AUTO,
  CPU,
  /** A GPU; the task fails without one. */
  GPU;

  /**
   * Returns the engine's name for the device of the current task, such as cpu or gpu0.
   *
   * @throws UserException if a GPU is required but not available
   */
  public String ofTask() {
    TaskContext context = TaskContext.get();
    Map<String, ResourceInformation> resources = context.resourcesJMap();
    Optional<String> address =
        Optional.ofNullable(resources.get("gpu"))
            .filter(gpu -> gpu.addresses().length > 0)
            .map(gpu -> gpu.addresses()[0]);
    return choose(address, context.partitionId(), this == CPU ? 0 : Torch.gpus());
  }

  /**
   * Fails early on a machine without the required GPU.
   *
   * @throws UserException if a GPU is required but not available
   */
  public void check() {
    if (this == GPU) {
      choose(Optional.empty(), 0, Torch.gpus());
    }
  }

  /** Returns cpu or gpu, without a number. */
  public String ofThisMachine() {
    return this == CPU || Torch.gpus() == 0 ? "cpu" : "gpu";
  }

  String choose(Optional<String> address, int task, int gpus) {
    if (this == CPU || (this == AUTO && gpus == 0)) {
      return "cpu";
    }
    if (gpus == 0) {
      throw UserException.environment(
          "%s the engine finds no GPU on this machine; check the driver and libtorch (see deploy/README.md), or use --device auto"
              .formatted(
                  address.map(a -> "Spark assigned GPU " + a + ", but").orElse("--device gpu:")));
    }
    return "gpu" + address.orElseGet(() -> Integer.toString(Math.floorMod(task, gpus)));
  }
}
