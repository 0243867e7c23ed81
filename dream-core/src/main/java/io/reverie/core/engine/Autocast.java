package io.reverie.core.engine;

import ai.djl.Device;
import com.sun.jna.Function;
import io.reverie.core.DreamException;
import java.util.function.Supplier;

/**
 * PyTorch's autocast: while it is on, the calling thread's convolutions and matrix products compute
 * in bfloat16, and so do their gradients later. Sums and norms keep float32.
 *
 * <p>DJL aborts the JVM if asked for the data type of a bfloat16 tensor, so results must be
 * promoted to float32 before Java sees them.
 */
final class Autocast {

  /** The numbers of c10::DeviceType and c10::ScalarType. */
  private static final byte CPU = 0;

  private static final byte CUDA = 1;
  private static final byte BFLOAT16 = 15;

  private static final Function ENABLE =
      function("_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb");
  private static final Function TYPE =
      function("_ZN2at8autocast18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE");

  private Autocast() {}

  private static Function function(String symbol) {
    return TorchLibrary.function(symbol)
        .orElseThrow(
            () ->
                new DreamException(
                    "this build of libtorch has no bfloat16; use --precision float32"));
  }

  /** Runs work with autocast on, and switches it off for this thread. */
  static <T> T during(Device device, Supplier<T> work) {
    byte place = device.isGpu() ? CUDA : CPU;
    // CUDA's default is float16, whose range gradients leave.
    TYPE.invokeVoid(new Object[] {place, BFLOAT16});
    ENABLE.invokeVoid(new Object[] {place, (byte) 1});
    try {
      return work.get();
    } finally {
      ENABLE.invokeVoid(new Object[] {place, (byte) 0});
    }
  }
}
