package io.reverie.video.still;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_WEBP_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import io.reverie.video.FileExtension;
import io.reverie.video.MediaException;
import io.reverie.video.ffmpeg.ExrEncoder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;

/** Encodes a still in the format of its output. */
final class StillEncoder {

  private StillEncoder() {}

  /** Encodes a still that fits the format. */
  static byte[] encode(Still still, StillFormat format, String fileName, StillOptions options) {
    boolean alpha = still.frame().alpha().isPresent();
    if (format == StillFormat.OPEN_EXR) {
      return ExrEncoder.encode(SrgbCurve.decode(still.frame()), fileName);
    }
    // OpenCV writes no grey with alpha, and TIFF's alpha without the tag that names it.
    if (alpha && (still.grey() || format == StillFormat.TIFF)) {
      return JdkEncoder.encode(still, format == StillFormat.TIFF ? "tiff" : "png", fileName);
    }
    try (PointerScope scope = new PointerScope()) {
      Mat image = MatPixels.write(still);
      BytePointer out = new BytePointer();
      String extension = "." + FileExtension.of(fileName);
      boolean written =
          switch (format) {
            case JPEG -> imencode(extension, image, out, jpeg(options));
            case WEBP ->
                imencode(
                    extension, image, out, new IntPointer(IMWRITE_WEBP_QUALITY, options.quality()));
            default -> imencode(extension, image, out);
          };
      if (!written) {
        throw new MediaException("%s could not be encoded".formatted(fileName));
      }
      byte[] bytes = new byte[(int) out.limit()];
      out.get(bytes);
      return bytes;
    }
  }

  private static IntPointer jpeg(StillOptions options) {
    return new IntPointer(
        IMWRITE_JPEG_QUALITY,
        options.quality(),
        IMWRITE_JPEG_SAMPLING_FACTOR,
        options.subsampling().factor());
  }
}
