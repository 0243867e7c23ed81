package io.reverie.jobs;

import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/** The device that a task dreams on: the GPU that Spark gave it, else its core. */
final class Device {

  private Device() {}

  static String ofTask() {
    Map<String, ResourceInformation> resources = TaskContext.get().resourcesJMap();
    ResourceInformation gpu = resources.get("gpu");
    return gpu == null || gpu.addresses().length == 0 ? "cpu" : "gpu" + gpu.addresses()[0];
  }
}
