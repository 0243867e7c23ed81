package io.reverie.core.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The number format of a network's convolutions. Images, objectives and steps are always float32.
 */
public enum Precision {
  /** The fastest one that the device supports in hardware and whose dreams look the same. */
  AUTO,
  /** 24 bits of precision. */
  FLOAT32,
  /** 11 bits, on NVIDIA GPUs since Ampere; elsewhere the same as {@link #FLOAT32}. */
  TF32,
  /** 8 bits; the gradient's cosine with float32 is 0.97 to 0.995, depending on the layer. */
  BFLOAT16;

  /**
   * Chooses {@link #AUTO} for a device of this machine.
   *
   * @param device such as cpu or gpu0
   */
  public Precision on(String device) {
    if (this != AUTO) {
      return this;
    }
    if (device.startsWith("gpu")) {
      return TF32;
    }
    return Processor.multipliesBfloat16() ? BFLOAT16 : FLOAT32;
  }

  /**
   * Returns whether a device of this machine supports it in hardware; otherwise it is slower than
   * float32.
   *
   * @param device such as cpu or gpu0
   */
  public boolean isFastOn(String device) {
    return this != BFLOAT16 || device.startsWith("gpu") || Processor.multipliesBfloat16();
  }

  /**
   * Allows or forbids TF32 on GPUs, for the whole process: it is a switch of cuDNN and cuBLAS.
   * PyTorch allows it in convolutions unless told otherwise.
   */
  public void prepare(Device device) {
    if (device.isGpu()) {
      TorchContext.set("_ZN2at7Context17setAllowTF32CuDNNEb", this != FLOAT32);
      TorchContext.set("_ZN2at7Context18setAllowTF32CuBLASEb", this != FLOAT32);
    }
  }

  /**
   * Runs a network.
   *
   * @param forward computes tensors by name; it must not query their data type
   * @return float32 tensors of the wanted names
   */
  public Map<String, NDArray> run(
      Device device, Iterable<String> wanted, Supplier<Map<String, NDArray>> forward) {
    if (this != BFLOAT16) {
      return forward.get();
    }
    Map<String, NDArray> results = Autocast.during(device, forward);
    Map<String, NDArray> promoted = new LinkedHashMap<>();
    for (String name : wanted) {
      NDArray result = results.get(name);
      if (result != null) {
        promoted.put(name, promoted(result));
      }
    }
    return promoted;
  }

  /** A product with a float32 tensor is float32, and its gradient passes unchanged. */
  private static NDArray promoted(NDArray result) {
    return result.mul(result.getManager().ones(new Shape(1), DataType.FLOAT32));
  }
}
