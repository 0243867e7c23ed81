package io.reverie.video.encode;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avformat.av_guess_format;
import static org.bytedeco.ffmpeg.global.avformat.avformat_query_codec;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_ALPHA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NONE;
import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;

import io.reverie.video.FileExtension;
import io.reverie.video.MediaException;
import io.reverie.video.SegmentFormat;
import io.reverie.video.Size;
import io.reverie.video.ffmpeg.Ffmpeg;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/**
 * Container, codec and quality of an output, resolved from the file extension and the user's
 * options.
 */
public final class OutputFormat implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final Map<String, VideoCodec> DEFAULTS =
      Map.of(
          "mp4", VideoCodec.H264,
          "m4v", VideoCodec.H264,
          "mov", VideoCodec.H264,
          "mkv", VideoCodec.H264,
          "ts", VideoCodec.H264,
          "avi", VideoCodec.MPEG4,
          "webm", VideoCodec.VP9,
          "gif", VideoCodec.GIF,
          "webp", VideoCodec.WEBP,
          "apng", VideoCodec.APNG);
  private static final Map<String, String> MUXERS =
      Map.of("m4v", "mp4", "mkv", "matroska", "ts", "mpegts");

  private static final Set<VideoCodec> IN_TRANSPORT_STREAMS =
      Set.of(VideoCodec.H264, VideoCodec.HEVC);

  private static final Set<String> ANIMATIONS = Set.of("gif", "webp", "apng");

  private final String container;
  private final VideoCodec codec;
  private final int quality;
  private final long bitrate;
  private final String pixelFormat;

  private OutputFormat(
      String container, VideoCodec codec, int quality, long bitrate, String pixelFormat) {
    this.container = container;
    this.codec = codec;
    this.quality = quality;
    this.bitrate = bitrate;
    this.pixelFormat = pixelFormat;
  }

  /**
   * Resolves the format of a file.
   *
   * @throws MediaException if the extension is not one of mp4, m4v, mov, mkv, webm, avi, ts, gif,
   *     webp and apng, or if the container cannot store the codec
   */
  public static OutputFormat of(String fileName, EncodeOptions options) {
    Ffmpeg.quiet();
    String extension = FileExtension.of(fileName);
    VideoCodec defaultCodec = DEFAULTS.get(extension);
    if (defaultCodec == null) {
      throw new MediaException(
          "%s: unsupported extension '.%s'; use .mp4, .m4v, .mov, .mkv, .webm, .avi, .ts, .gif, .webp or .apng"
              .formatted(fileName, extension));
    }
    VideoCodec codec = options.codec().map(VideoCodec::named).orElse(defaultCodec);
    String muxer = MUXERS.getOrDefault(extension, extension);
    requireSupport(muxer, codec, extension);
    OptionalInt quality = options.quality();
    options.pixelFormat().ifPresent(OutputFormat::requirePixelFormat);
    return new OutputFormat(
        muxer,
        codec,
        quality.isPresent() ? codec.checkedQuality(quality.getAsInt()) : codec.defaultQuality(),
        options.bitrate().orElse(0),
        options.pixelFormat().orElse(""));
  }

  /** Returns whether a video can be written under this name. */
  public static boolean supports(String fileName) {
    return DEFAULTS.containsKey(FileExtension.of(fileName));
  }

  /** Returns the lossless RGB format of intermediate files. */
  static OutputFormat lossless() {
    return new OutputFormat("nut", VideoCodec.FFV1, 0, 0, "");
  }

  private static void requireSupport(String muxer, VideoCodec codec, String extension) {
    AVOutputFormat format = av_guess_format(muxer, null, null);
    int id = avcodec_find_encoder_by_name(codec.encoder()).id();
    boolean animation = codec.isAnimation() || ANIMATIONS.contains(muxer);
    boolean standard =
        animation
            ? muxer.equals(codec.userName())
            : !muxer.equals("mpegts") || IN_TRANSPORT_STREAMS.contains(codec);
    if (!standard || (!animation && avformat_query_codec(format, id, 0) == 0)) {
      throw new MediaException(
          "a .%s file cannot store %s; choose another --codec or extension"
              .formatted(extension, codec.userName()));
    }
  }

  private static void requirePixelFormat(String name) {
    if (av_get_pix_fmt(name) == AV_PIX_FMT_NONE) {
      throw new MediaException(
          "unknown pixel format '%s'; use one of FFmpeg's, such as yuv420p".formatted(name));
    }
  }

  /** Returns all settings that determine the encoded frames. */
  @Override
  public String toString() {
    return "%s %s %d %d %s".formatted(container, codec.encoder(), quality, bitrate, pixelFormat);
  }

  /** Returns FFmpeg's name of the container. */
  public String container() {
    return container;
  }

  public VideoCodec codec() {
    return codec;
  }

  int quality() {
    return quality;
  }

  /** Returns the bit rate in bits per second; empty for constant quality. */
  OptionalLong bitrate() {
    return bitrate > 0 ? OptionalLong.of(bitrate) : OptionalLong.empty();
  }

  public String pixelFormat(int bitDepth, boolean alpha) {
    return Optional.of(pixelFormat)
        .filter(name -> !name.isEmpty())
        .orElse(codec.pixelFormat(bitDepth, alpha));
  }

  /**
   * Returns whether players can tell that the frames are HDR: animations and AVI have no place for
   * it that viewers know.
   */
  public boolean storesHdr() {
    return !isAnimation() && !container.equals("avi");
  }

  /**
   * Returns the encoded size: subsampled chroma needs even sides, so the last column or row is
   * repeated.
   */
  Size coded(Size size) {
    String pixels = pixelFormat(8, false);
    int x = pixels.contains("420") || pixels.contains("422") ? 1 : 0;
    int y = pixels.contains("420") ? 1 : 0;
    return new Size((size.width() + x) & ~x, (size.height() + y) & ~y);
  }

  /** Returns a warning for each property of the frames that this format cannot store. */
  public List<String> losses(SegmentFormat frames) {
    List<String> losses = new ArrayList<>();
    AVPixFmtDescriptor pixels =
        av_pix_fmt_desc_get(av_get_pix_fmt(pixelFormat(frames.bitDepth(), frames.alpha())));
    boolean palette = codec == VideoCodec.GIF;
    if (frames.bitDepth() > 8 && (palette || pixels.comp(0).depth() <= 8)) {
      losses.add(
          "the source has %d bits per colour, but this %s output has 8; --codec av1, prores or ffv1 keeps more"
              .formatted(frames.bitDepth(), codec.userName()));
    }
    if (frames.alpha() && !palette && (pixels.flags() & AV_PIX_FMT_FLAG_ALPHA) == 0) {
      losses.add("%s cannot store transparency; it is dropped".formatted(codec.userName()));
    }
    if (!coded(frames.size()).equals(frames.size())) {
      losses.add(
          "%s needs even sides: %s px become %s px by repeating the last column or row"
              .formatted(codec.userName(), frames.size(), coded(frames.size())));
    }
    return losses;
  }

  /**
   * Returns the format of segments: lossless for animations, whose frames are encoded when all are
   * known, otherwise this one.
   */
  OutputFormat forSegments() {
    return isAnimation() ? lossless() : this;
  }

  /** Returns whether the output is an animation, which {@link AnimationAssembler} writes. */
  public boolean isAnimation() {
    return codec.isAnimation();
  }
}
