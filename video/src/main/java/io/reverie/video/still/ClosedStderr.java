package io.reverie.video.still;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.slf4j.LoggerFactory;

/**
 * While one is open, C's {@code fprintf(stderr, ...)} writes nothing. libpng and libjpeg print a
 * line for whatever is wrong in a file, and take no other place for it inside OpenCV.
 *
 * <p>C's variable {@code stderr} is pointed at its {@code stdin}, which refuses to be written to.
 * Java's own output and the file descriptor 2 stay as they are, so that nothing of ours is lost,
 * and a thread that prints meanwhile loses its line at worst. Where the C library has no such
 * variables all is printed as before, as with the logger {@code io.reverie.video.native} at debug.
 */
public final class ClosedStderr implements AutoCloseable {

  private static final boolean WANTED =
      !LoggerFactory.getLogger("io.reverie.video.native").isDebugEnabled();

  private static final Pointer STDERR = Loader.addressof("stderr");
  private static final Pointer STDIN = Loader.addressof("stdin");

  private static int open;
  private static long original;

  /** Closes it until the last of those that are open is closed. */
  public ClosedStderr() {
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
