package io.reverie.core.engine;

import com.sun.jna.NativeLibrary;

/** Native memory that was freed but that the C library has not returned to the system. */
final class NativeHeap {

  private NativeHeap() {}

  /** Calls glibc's malloc_trim(0); does nothing with another C library. */
  static void trim() {
    try {
      NativeLibrary.getProcess().getFunction("malloc_trim").invokeInt(new Object[] {0L});
    } catch (UnsatisfiedLinkError e) {
      System.getLogger(NativeHeap.class.getName())
          .log(System.Logger.Level.DEBUG, "malloc_trim is not available", e);
    }
  }
}
