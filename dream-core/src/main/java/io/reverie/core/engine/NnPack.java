package io.reverie.core.engine;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Files;
import java.nio.file.Path;

/** NNPACK, which prints a warning for every small convolution that it does not support. */
final class NnPack {

  private NnPack() {}

  /**
   * Disables NNPACK by at::globalContext().setUserEnabledNNPACK(false), which DJL does not expose.
   * If the symbol is missing, only the warnings remain.
   */
  static void disable(String libraryFolder) {
    Path library = Path.of(libraryFolder).resolve(System.mapLibraryName("torch_cpu"));
    if (!Files.exists(library)) {
      return;
    }
    try {
      NativeLibrary torch = NativeLibrary.getInstance(library.toString());
      Pointer context = torch.getFunction("_ZN2at13globalContextEv").invokePointer(new Object[0]);
      torch
          .getFunction("_ZN2at7Context20setUserEnabledNNPACKEb")
          .invokeVoid(new Object[] {context, (byte) 0});
    } catch (UnsatisfiedLinkError e) {
      System.getLogger(NnPack.class.getName())
          .log(System.Logger.Level.DEBUG, "NNPACK could not be disabled", e);
    }
  }
}
