package io.reverie.video.still;

import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_ANYCOLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_ANYDEPTH;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_UNCHANGED;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import io.reverie.video.MediaException;
import io.reverie.video.header.StillKind;
import io.reverie.video.memory.OutOfMemory;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/** Decodes PNG, JPEG, WebP and plain TIFF by OpenCV. */
final class OpenCvImages {

  private OpenCvImages() {}

  /**
   * Decodes an image with EXIF orientation applied, with 8 or 16 bits; the caller's scope frees it.
   */
  static Mat upright(Mat bytes, String name) {
    Mat whole = decode(bytes, IMREAD_UNCHANGED, name);
    boolean alpha = whole.channels() == 4;
    if (!alpha) {
      // Decoded again below with its orientation; frees a large image early.
      whole.release();
    }
    Mat upright = decode(bytes, IMREAD_ANYCOLOR | IMREAD_ANYDEPTH, name);
    Mat image = alpha ? ExifOrientation.turnedLike(whole, upright) : upright;
    if (image.depth() != CV_8U && image.depth() != CV_16U) {
      throw new MediaException(name + " has neither 8 nor 16 bits per colour; convert it first");
    }
    return image;
  }

  private static Mat decode(Mat bytes, int flags, String name) {
    try (SilencedStderr quiet = new SilencedStderr()) {
      Mat image = imdecode(bytes, flags);
      if (!image.empty()) {
        return image;
      }
    } catch (RuntimeException e) {
      if (OutOfMemory.is(e)) {
        throw e;
      }
      throw unreadable(name, e);
    }
    throw unreadable(name, null);
  }

  private static MediaException unreadable(String name, @Nullable Throwable cause) {
    return new MediaException(
        "%s is not a readable %s image; it may be damaged".formatted(name, StillKind.READABLE),
        cause);
  }
}
