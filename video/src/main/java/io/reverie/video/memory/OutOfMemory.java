package io.reverie.video.memory;

import java.util.List;
import java.util.Locale;

/** Tells a lack of memory from other errors, whichever allocator met it. */
public final class OutOfMemory {

  /** Of libtorch on the CPU and on a GPU, OpenCV, the C++ library and FFmpeg. */
  private static final List<String> SAYINGS =
      List.of(
          "you tried to allocate",
          "cuda out of memory",
          "insufficient memory",
          "std::bad_alloc",
          "cannot allocate memory");

  private OutOfMemory() {}

  /** Whether this, or what it was caused by, is a lack of memory. */
  public static boolean is(Throwable e) {
    int depth = 0;
    for (Throwable t = e; t != null && depth < 20; t = t.getCause()) {
      // Sentences of ours quote names of files, which may be like any words.
      boolean ours = t.getClass().getName().startsWith("io.reverie.");
      if (t instanceof OutOfMemoryError || (!ours && isSaid(String.valueOf(t.getMessage())))) {
        return true;
      }
      depth++;
    }
    return false;
  }

  private static boolean isSaid(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    return SAYINGS.stream().anyMatch(lower::contains);
  }
}
