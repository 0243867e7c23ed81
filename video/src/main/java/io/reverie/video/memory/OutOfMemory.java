package io.reverie.video.memory;

import java.util.List;
import java.util.Locale;

/** Recognises out-of-memory errors of any allocator. */
public final class OutOfMemory {

  /** Messages of libtorch (CPU and GPU), OpenCV, the C++ library and FFmpeg. */
  private static final List<String> MESSAGES =
      List.of(
          "you tried to allocate",
          "cuda out of memory",
          "insufficient memory",
          "std::bad_alloc",
          "cannot allocate memory");

  private OutOfMemory() {}

  /** Returns whether the exception or one of its causes reports a lack of memory. */
  public static boolean is(Throwable e) {
    int depth = 0;
    for (Throwable t = e; t != null && depth < 20; t = t.getCause()) {
      // Our own messages quote file names, which may contain any words.
      boolean ours = t.getClass().getName().startsWith("io.reverie.");
      if (t instanceof OutOfMemoryError
          || (!ours && isMemoryError(String.valueOf(t.getMessage())))) {
        return true;
      }
      depth++;
    }
    return false;
  }

  private static boolean isMemoryError(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    return MESSAGES.stream().anyMatch(lower::contains);
  }
}
