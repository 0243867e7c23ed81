package io.reverie.core.engine;

import com.sun.jna.Function;
import com.sun.jna.Pointer;
import java.util.Optional;

/** Switches of at::globalContext(), which hold for the whole process. */
final class TorchContext {

  private TorchContext() {}

  /**
   * Calls a setter of at::Context.
   *
   * @param setter its mangled name
   * @return whether this build of libtorch has it
   */
  static boolean set(String setter, boolean value) {
    Optional<Function> context = TorchLibrary.function("_ZN2at13globalContextEv");
    Optional<Function> method = TorchLibrary.function(setter);
    if (context.isEmpty() || method.isEmpty()) {
      return false;
    }
    Pointer self = context.get().invokePointer(new Object[0]);
    method.get().invokeVoid(new Object[] {self, (byte) (value ? 1 : 0)});
    return true;
  }
}
