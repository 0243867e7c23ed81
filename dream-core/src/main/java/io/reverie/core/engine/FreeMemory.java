package io.reverie.core.engine;

import com.sun.jna.NativeLibrary;

/** What native code has freed and the C library keeps for what comes. */
final class FreeMemory {

  private FreeMemory() {}

  /** Calls glibc's malloc_trim(0); with another C library nothing happens. */
  static void giveBack() {
    try {
      NativeLibrary.getProcess().getFunction("malloc_trim").invokeInt(new Object[] {0L});
    } catch (UnsatisfiedLinkError e) {
      System.getLogger(FreeMemory.class.getName())
          .log(System.Logger.Level.DEBUG, "freed memory stays with the C library", e);
    }
  }
}
