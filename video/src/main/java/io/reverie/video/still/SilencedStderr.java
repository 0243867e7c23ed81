package io.reverie.video.still;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * While an instance is open, C's {@code fprintf(stderr, ...)} writes nothing. libpng and libjpeg
 * print a line for each defect in a file, SVT-AV1 prints its settings, and none of them has an
 * option to disable this.
 *
 * <p>C's variable {@code stderr} is pointed at its {@code stdin}, which rejects writes. Java's
 * output and file descriptor 2 are unaffected; at worst another native thread loses a line
 * meanwhile. Everything is printed as usual if the C library has no such variables or the logger
 * {@code io.reverie.video.native} is at debug level.
 */
public final class SilencedStderr implements AutoCloseable {

  private static final boolean WANTED =
      !System.getLogger("io.reverie.video.native").isLoggable(System.Logger.Level.DEBUG);

  private static final Pointer STDERR = Loader.addressof("stderr");
  private static final Pointer STDIN = Loader.addressof("stdin");

  private static int open;
  private static long original;

  /** Closes the stream until the last open instance is closed. */
  public SilencedStderr() {
    change(1);
  }

  private static synchronized void change(int by) {
    if (!WANTED || STDERR == null || STDIN == null) {
      return;
    }
    LongPointer stderr = new LongPointer(STDERR);
    if (open == 0) {
      original = stderr.get();
    }
    open += by;
    stderr.put(open == 0 ? original : new LongPointer(STDIN).get());
  }

  @Override
  public void close() {
    change(-1);
  }
}
