package io.reverie.video.encode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_CONFIG_PIX_FORMAT;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_supported_config;
import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt;

import io.reverie.video.MediaException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.PointerScope;

/** Supported output codecs with settings for uniform, good quality. */
public enum VideoCodec {
  /** Quality 18 gives more than 40 dB on dreams. Uses x264 if built with the GPL natives. */
  H264("libx264,libopenh264", "yuv420p", "", "", 18, 51),
  HEVC("libx265", "yuv420p", "yuv420p10le", "", 18, 51),
  VP9("libvpx-vp9", "yuv420p", "yuv420p10le", "yuva420p", 12, 63),
  AV1("libsvtav1,libaom-av1", "yuv420p", "yuv420p10le", "", 16, 63),
  PRORES("prores_ks", "yuv422p10le", "yuv422p10le", "yuva444p10le", 3, 5),
  FFV1("ffv1", "bgr0", "rgb48le", "bgra", 0, 0),
  MPEG4("mpeg4", "yuv420p", "", "", 2, 31),
  MJPEG("mjpeg", "yuvj444p", "", "", 2, 31),
  GIF("gif", "pal8", "", "", 0, 0),
  /** Quality as in WebP's own tools, where more is better; 100 is lossless. */
  WEBP("libwebp", "bgra", "", "bgra", 90, 100),
  APNG("apng", "rgb24", "rgb48be", "rgba", 0, 0);

  private final String encoders;
  private final String format;
  private final String deepFormat;
  private final String alphaFormat;
  private final int defaultQuality;
  private final int largestQuality;

  VideoCodec(
      String encoders,
      String format,
      String deepFormat,
      String alphaFormat,
      int defaultQuality,
      int largestQuality) {
    this.encoders = encoders;
    this.format = format;
    this.deepFormat = deepFormat;
    this.alphaFormat = alphaFormat;
    this.defaultQuality = defaultQuality;
    this.largestQuality = largestQuality;
  }

  static VideoCodec named(String name) {
    return Arrays.stream(values())
        .filter(codec -> codec.userName().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new MediaException(
                    "unknown codec '%s'; choose one of %s"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(VideoCodec::userName)
                                .collect(Collectors.joining(", ")))));
  }

  String userName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the first encoder that this build of FFmpeg contains. */
  String encoder() {
    return Arrays.stream(encoders.split(","))
        .filter(VideoCodec::exists)
        .findFirst()
        .orElseThrow(
            () ->
                new MediaException(
                    "this build has no encoder for %s (%s); build with -Dffmpeg.extension=-gpl or choose another --codec"
                        .formatted(userName(), encoders)));
  }

  private static boolean exists(String encoder) {
    AVCodec found = avcodec_find_encoder_by_name(encoder);
    return found != null && !found.isNull();
  }

  /** Returns the pixel format, which keeps depth and transparency if the codec can. */
  String pixelFormat(int bitDepth, boolean alpha) {
    if (alpha && !alphaFormat.isEmpty()) {
      return alphaFormat;
    }
    return bitDepth > 8 && !deepFormat.isEmpty() && supports(deepFormat) ? deepFormat : format;
  }

  /** Returns whether the encoder supports a pixel format; some builds support only 8 bits. */
  private boolean supports(String pixels) {
    try (PointerScope scope = new PointerScope()) {
      PointerPointer<IntPointer> list = new PointerPointer<>(1);
      IntPointer count = new IntPointer(1);
      AVCodec codec = avcodec_find_encoder_by_name(encoder());
      avcodec_get_supported_config(null, codec, AV_CODEC_CONFIG_PIX_FORMAT, 0, list, count);
      IntPointer formats = list.get(IntPointer.class, 0);
      int wanted = av_get_pix_fmt(pixels);
      return formats == null
          || IntStream.range(0, count.get()).anyMatch(i -> formats.get(i) == wanted);
    }
  }

  int defaultQuality() {
    return defaultQuality;
  }

  int checkedQuality(int quality) {
    if (quality > largestQuality) {
      throw new MediaException(
          "the quality of %s must be at most %d, not %d"
              .formatted(userName(), largestQuality, quality));
    }
    return quality;
  }

  /** Returns whether this is a format of animations, whose container is of the same name. */
  boolean isAnimation() {
    return this == GIF || this == WEBP || this == APNG;
  }

  /** Returns whether the time base is limited to 65535 ticks per second. */
  boolean coarseTime() {
    return this == MPEG4;
  }
}
