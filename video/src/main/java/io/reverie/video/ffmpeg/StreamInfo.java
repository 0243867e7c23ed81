package io.reverie.video.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_FIELD_PROGRESSIVE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_FIELD_UNKNOWN;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;
import static org.bytedeco.ffmpeg.global.avformat.av_guess_sample_aspect_ratio;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_ALPHA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_PAL;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;
import static org.bytedeco.ffmpeg.global.avutil.av_display_rotation_get;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;

import io.reverie.video.Colour;
import io.reverie.video.MediaException;
import io.reverie.video.Orientation;
import io.reverie.video.Size;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.IntPointer;

/** Image properties in a stream's header. */
public record StreamInfo(
    Size size,
    Orientation orientation,
    int bitDepth,
    boolean alpha,
    boolean interlaced,
    Colour colour) {

  /**
   * Smaller deviations of the pixel aspect ratio are rounding errors; resampling would only blur.
   */
  private static final double NEARLY_SQUARE = 0.01;

  /** Longest side in pixels, far above that of any video. */
  private static final int LONGEST = 1 << 20;

  public static StreamInfo of(MediaInput input, AVStream stream) {
    AVCodecParameters codec = stream.codecpar();
    HdrSideData.requireBaseLayer(codec, input.name());
    Orientation orientation = orientation(codec);
    AVRational sar = av_guess_sample_aspect_ratio(input.context(), stream, null);
    Size square = square(codec.width(), codec.height(), sar, input.name());
    AVPixFmtDescriptor format = av_pix_fmt_desc_get(codec.format());
    int field = codec.field_order();
    return new StreamInfo(
        orientation.transposes() ? square.transposed() : square,
        orientation,
        format == null || format.isNull() ? 8 : format.comp(0).depth(),
        hasAlpha(stream, format),
        field != AV_FIELD_UNKNOWN && field != AV_FIELD_PROGRESSIVE,
        colour(codec, format));
  }

  /** Returns the size of a decoded frame with square pixels, before it is turned upright. */
  static Size shown(MediaInput input, AVStream stream, AVFrame frame) {
    AVRational sar = av_guess_sample_aspect_ratio(input.context(), stream, frame);
    return square(frame.width(), frame.height(), sar, input.name());
  }

  /**
   * Returns the size with square pixels: non-square pixels are only stretched, which loses nothing.
   */
  private static Size square(int width, int height, AVRational sar, String name) {
    double ratio = sar.num() < 1 || sar.den() < 1 ? 1 : (double) sar.num() / sar.den();
    boolean square = Math.abs(ratio - 1) < NEARLY_SQUARE;
    double wide = square ? width : width * Math.max(1, ratio);
    double tall = square ? height : height * Math.max(1, 1 / ratio);
    if (wide > LONGEST || tall > LONGEST) {
      throw new MediaException(
          "%s has frames of %.0fx%.0f px, but at most %d px per side are supported; scale it down first"
              .formatted(name, wide, tall, LONGEST));
    }
    return new Size((int) Math.round(wide), (int) Math.round(tall));
  }

  private static boolean hasAlpha(AVStream stream, AVPixFmtDescriptor format) {
    AVDictionaryEntry mode = av_dict_get(stream.metadata(), "alpha_mode", null, 0);
    if (mode != null && !mode.isNull() && mode.value().getString().equals("1")) {
      return true;
    }
    // Palettes may contain a transparent entry, and GIF's usually has one that is never displayed.
    return format != null
        && !format.isNull()
        && (format.flags() & AV_PIX_FMT_FLAG_ALPHA) != 0
        && (format.flags() & AV_PIX_FMT_FLAG_PAL) == 0
        && stream.codecpar().codec_id() != org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_GIF;
  }

  private static Orientation orientation(AVCodecParameters codec) {
    AVPacketSideData data =
        av_packet_side_data_get(
            codec.coded_side_data(), codec.nb_coded_side_data(), AV_PKT_DATA_DISPLAYMATRIX);
    if (data == null || data.isNull()) {
      return Orientation.UPRIGHT;
    }
    int[] matrix = new int[9];
    new IntPointer(data.data()).get(matrix);
    return Orientation.of(av_display_rotation_get(matrix), matrix);
  }

  private static Colour colour(AVCodecParameters codec, AVPixFmtDescriptor format) {
    boolean jpeg =
        format != null && !format.isNull() && format.name().getString().startsWith("yuvj");
    return new Colour(
        codec.color_primaries(),
        codec.color_trc(),
        codec.color_space(),
        jpeg ? 2 : codec.color_range(),
        codec.chroma_location(),
        HdrSideData.of(codec));
  }
}
