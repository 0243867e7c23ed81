package io.reverie.jobs.run;

import io.reverie.core.engine.Torch;
import io.reverie.jobs.error.UserException;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/** What a task dreams on. */
public enum Device {
  /** The GPU that Spark gives it, if there is one and the engine can use it; else its core. */
  AUTO,
  /** Its core. */
  CPU,
  /** A GPU; without one it fails. */
  GPU;

  /**
   * The device of the task that runs on this thread, as the engine names it.
   *
   * @throws UserException if a GPU is wanted and there is none
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
   * Looks whether this process can dream on it.
   *
   * @throws UserException if a GPU is wanted and there is none
   */
  public void check() {
    if (this == GPU) {
      choose(Optional.empty(), 0, Torch.gpus());
    }
  }

  /** What this process would dream on: cpu or gpu. */
  public String here() {
    return this == CPU || Torch.gpus() == 0 ? "cpu" : "gpu";
  }

  /**
   * Chooses.
   *
   * @param address of the GPU that Spark gives; empty where it was not told of any
   * @param task any number that neighbouring tasks do not share
   * @param gpus how many the engine can use
   */
  String choose(Optional<String> address, int task, int gpus) {
    if (this == CPU || (this == AUTO && gpus == 0)) {
      return "cpu";
    }
    if (gpus == 0) {
      throw UserException.environment(
          "%s the engine sees no GPU on this machine; check its driver and libtorch (see deploy/README.md), or use --device auto"
              .formatted(
                  address
                      .map(a -> "Spark gave the GPU " + a + ", but")
                      .orElse("with --device gpu")));
    }
    return "gpu" + address.orElseGet(() -> Integer.toString(Math.floorMod(task, gpus)));
  }
}
