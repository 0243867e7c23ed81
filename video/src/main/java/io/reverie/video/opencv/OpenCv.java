package io.reverie.video.opencv;

import static org.bytedeco.opencv.global.opencv_core.redirectError;
import static org.bytedeco.opencv.global.opencv_core.setNumThreads;

import com.sun.jna.NativeLibrary;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.ErrorCallback;

/** Sets up OpenCV once per process. */
public final class OpenCv {

  private static final System.Logger LOG = System.getLogger("io.reverie.video.native");

  /** cv::utils::logging::setLogLevel(LogLevel), which JavaCPP does not expose. */
  private static final String SET_LOG_LEVEL = "_ZN2cv5utils7logging11setLogLevelENS1_8LogLevelE";

  private static final int SILENT = 0;

  /**
   * A field, because native code calls it, and retained, because the class may be initialised
   * within a PointerScope, which would free it. OpenCV both prints and throws its errors, with a
   * path of its build machine; this callback suppresses the print.
   */
  private static final ErrorCallback THROWN_ALREADY =
      new ErrorCallback() {
        @Override
        public int call(
            int status,
            BytePointer function,
            BytePointer message,
            BytePointer file,
            int line,
            Pointer data) {
          return 0;
        }
      }.retainReference();

  static {
    // DIS divides its work by the number of threads, and its result depends on the division.
    setNumThreads(1);
    redirectError(THROWN_ALREADY);
    silence();
  }

  private OpenCv() {}

  /** Loads OpenCV; call it before any of its functions. */
  public static void ready() {}

  /**
   * OpenCV writes warnings about damaged files to stderr. Whoever wants them sets {@code
   * OPENCV_LOG_LEVEL}, or the logger to debug.
   */
  private static void silence() {
    if (System.getenv("OPENCV_LOG_LEVEL") != null || LOG.isLoggable(System.Logger.Level.DEBUG)) {
      return;
    }
    try {
      // Symbols of the libraries that this one needs are found through it.
      NativeLibrary.getInstance(Loader.load(opencv_core.class))
          .getFunction(SET_LOG_LEVEL)
          .invokeInt(new Object[] {SILENT});
    } catch (UnsatisfiedLinkError e) {
      LOG.log(System.Logger.Level.DEBUG, "OpenCV's log could not be silenced", e);
    }
  }
}
