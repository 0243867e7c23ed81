package io.reverie.core.engine;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Files;
import java.nio.file.Path;

/** NNPACK, which warns on stderr for every small convolution that it cannot do. */
final class NnPack {

  private NnPack() {}

  /**
   * Calls at::globalContext().setUserEnabledNNPACK(false), for which DJL has no call. Where the
   * library is built otherwise the warnings stay, and nothing else.
   */
  static void switchOff(String libraryFolder) {
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
          .log(System.Logger.Level.DEBUG, "NNPACK stays as it is", e);
    }
  }
}
