package io.reverie.core.engine.cuda;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.ptr.IntByReference;
import java.util.Optional;

/**
 * NVIDIA's driver, asked through its library libcuda.so.1.
 *
 * @see <a href="https://docs.nvidia.com/cuda/cuda-driver-api/">CUDA driver API</a>
 */
final class CudaDriver {

  static final String LIBRARY = "libcuda.so.1";

  /** CUDA 12.0, as cuDriverGetVersion encodes it; every driver for it runs all of CUDA 12. */
  private static final int LEAST_VERSION = 12_000;

  private static final int SUCCESS = 0;

  private CudaDriver() {}

  /** Says why this machine has no GPU that CUDA 12 can use; empty if it has one. */
  static Optional<String> complaint() {
    return complaint(LIBRARY);
  }

  /**
   * As {@link #complaint()}.
   *
   * @param library a name or a path
   */
  static Optional<String> complaint(String library) {
    try {
      NativeLibrary driver = NativeLibrary.getInstance(library);
      return complaint(driver);
    } catch (UnsatisfiedLinkError e) {
      return Optional.of(
          "NVIDIA's driver is not installed (no %s); install it, or in a container run it with --gpus all"
              .formatted(LIBRARY));
    }
  }

  private static Optional<String> complaint(NativeLibrary driver) {
    int started = call(driver.getFunction("cuInit"), 0);
    if (started != SUCCESS) {
      return Optional.of(
          "NVIDIA's driver finds no GPU (cuInit returns %d); check with nvidia-smi"
              .formatted(started));
    }
    IntByReference number = new IntByReference();
    int status = call(driver.getFunction("cuDriverGetVersion"), number);
    if (status == SUCCESS && number.getValue() < LEAST_VERSION) {
      return Optional.of(
          "NVIDIA's driver is for CUDA %d.%d, and libtorch needs 12.0; install driver 525 or later"
              .formatted(number.getValue() / 1000, number.getValue() % 1000 / 10));
    }
    status = call(driver.getFunction("cuDeviceGetCount"), number);
    return status == SUCCESS && number.getValue() > 0
        ? Optional.empty()
        : Optional.of("NVIDIA's driver lists no GPU; check with nvidia-smi");
  }

  private static int call(Function function, Object argument) {
    return function.invokeInt(new Object[] {argument});
  }
}
