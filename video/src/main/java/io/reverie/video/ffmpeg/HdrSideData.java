package io.reverie.video.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_CONTENT_LIGHT_LEVEL;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DOVI_CONF;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_MASTERING_DISPLAY_METADATA;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_new;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_CONTENT_LIGHT_LEVEL;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_DYNAMIC_HDR_PLUS;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_MASTERING_DISPLAY_METADATA;
import static org.bytedeco.ffmpeg.global.avutil.av_content_light_metadata_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_side_data;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_side_data_new;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_mastering_display_metadata_alloc_size;

import io.reverie.video.HdrMetadata;
import io.reverie.video.MediaException;
import io.reverie.video.Rational;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avutil.AVContentLightMetadata;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.avutil.AVMasteringDisplayMetadata;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.SizeTPointer;

/** HDR metadata among the side data of streams, frames and encoders. */
public final class HdrSideData {

  private static final int XY = 8;

  /** Position of the profile in a Dolby Vision configuration record. */
  private static final int PROFILE = 2;

  /** Position of the identifier of what the base layer is compatible with. */
  private static final int COMPATIBILITY = 7;

  /** The profile without a compatible base layer. */
  private static final int ALONE = 5;

  /** The profile of AV1, with or without a compatible base layer. */
  private static final int AV1 = 10;

  private HdrSideData() {}

  /** Returns the metadata in a stream's header. */
  static HdrMetadata of(AVCodecParameters stream) {
    Optional<Pointer> display = data(stream, AV_PKT_DATA_MASTERING_DISPLAY_METADATA);
    Optional<Pointer> light = data(stream, AV_PKT_DATA_CONTENT_LIGHT_LEVEL);
    int dolbyVision =
        data(stream, AV_PKT_DATA_DOVI_CONF)
            .map(record -> new BytePointer(record).get(PROFILE) & 0xff)
            .orElse(0);
    return metadata(display, light, dolbyVision);
  }

  /**
   * Refuses Dolby Vision whose base layer shows wrong colours without the rest, as in profile 5.
   *
   * @throws MediaException that names the remedy
   */
  static void requireBaseLayer(AVCodecParameters stream, String name) {
    Optional<Pointer> record = data(stream, AV_PKT_DATA_DOVI_CONF);
    if (record.isPresent()) {
      BytePointer bytes = new BytePointer(record.get());
      int profile = bytes.get(PROFILE) & 0xff;
      if (profile == ALONE || (profile == AV1 && bytes.get(COMPATIBILITY) == 0)) {
        throw MediaException.lasting(
            "%s is Dolby Vision of profile %d, whose base layer alone has wrong colours; convert it to HDR10 first, such as: ffmpeg -i IN -vf libplacebo=colorspace=bt2020nc:color_primaries=bt2020:color_trc=smpte2084 -c:v libx265 OUT.mkv"
                .formatted(name, profile),
            null);
      }
    }
  }

  private static Optional<Pointer> data(AVCodecParameters stream, int type) {
    AVPacketSideData found =
        av_packet_side_data_get(stream.coded_side_data(), stream.nb_coded_side_data(), type);
    return found == null || found.isNull() ? Optional.empty() : Optional.of(found.data());
  }

  /** Returns the metadata that a decoder attached to a frame. */
  public static HdrMetadata of(AVFrame frame) {
    return metadata(
        data(frame, AV_FRAME_DATA_MASTERING_DISPLAY_METADATA),
        data(frame, AV_FRAME_DATA_CONTENT_LIGHT_LEVEL),
        0);
  }

  private static Optional<Pointer> data(AVFrame frame, int type) {
    AVFrameSideData found = av_frame_get_side_data(frame, type);
    return found == null || found.isNull() ? Optional.empty() : Optional.of(found.data());
  }

  private static HdrMetadata metadata(
      Optional<Pointer> display, Optional<Pointer> light, int dolbyVision) {
    List<Rational> chromaticities = new ArrayList<>();
    List<Rational> luminances = new ArrayList<>();
    if (display.isPresent()) {
      AVMasteringDisplayMetadata found = new AVMasteringDisplayMetadata(display.get());
      if (found.has_primaries() != 0) {
        for (int i = 0; i < XY - 2; i++) {
          chromaticities.add(Ffmpeg.rational(found.display_primaries(i / 2, i % 2)));
        }
        chromaticities.add(Ffmpeg.rational(found.white_point(0)));
        chromaticities.add(Ffmpeg.rational(found.white_point(1)));
      }
      if (found.has_luminance() != 0) {
        luminances.add(Ffmpeg.rational(found.min_luminance()));
        luminances.add(Ffmpeg.rational(found.max_luminance()));
      }
    }
    Optional<AVContentLightMetadata> levels = light.map(AVContentLightMetadata::new);
    return new HdrMetadata(
        chromaticities,
        luminances,
        levels.map(AVContentLightMetadata::MaxCLL).orElse(0),
        levels.map(AVContentLightMetadata::MaxFALL).orElse(0),
        dolbyVision);
  }

  /** Sets what an output's header says of the whole video. */
  public static void put(HdrMetadata metadata, AVCodecParameters stream) {
    try (PointerScope scope = new PointerScope()) {
      if (metadata.hasDisplay()) {
        Pointer to = added(stream, AV_PKT_DATA_MASTERING_DISPLAY_METADATA, displayBytes());
        write(metadata, new AVMasteringDisplayMetadata(to));
      }
      if (metadata.hasLight()) {
        Pointer to = added(stream, AV_PKT_DATA_CONTENT_LIGHT_LEVEL, lightBytes());
        write(metadata, new AVContentLightMetadata(to));
      }
    }
  }

  private static Pointer added(AVCodecParameters stream, int type, long bytes) {
    PointerPointer<AVPacketSideData> list = new PointerPointer<>(1);
    list.put(0, stream.coded_side_data());
    IntPointer count = new IntPointer(new int[] {stream.nb_coded_side_data()});
    AVPacketSideData created = av_packet_side_data_new(list, count, type, bytes, 0);
    requireMemory(created);
    stream.coded_side_data(new AVPacketSideData(list.get(0)));
    stream.nb_coded_side_data(count.get());
    return Pointer.memset(created.data(), 0, bytes);
  }

  /** Sets what an encoder writes into its stream; call before it is opened. */
  public static void put(HdrMetadata metadata, AVCodecContext encoder) {
    try (PointerScope scope = new PointerScope()) {
      if (metadata.hasDisplay()) {
        Pointer to = added(encoder, AV_FRAME_DATA_MASTERING_DISPLAY_METADATA, displayBytes());
        write(metadata, new AVMasteringDisplayMetadata(to));
      }
      if (metadata.hasLight()) {
        Pointer to = added(encoder, AV_FRAME_DATA_CONTENT_LIGHT_LEVEL, lightBytes());
        write(metadata, new AVContentLightMetadata(to));
      }
    }
  }

  private static Pointer added(AVCodecContext encoder, int type, long bytes) {
    // The presets pass the address of this pointer, and update it.
    PointerPointer<AVFrameSideData> list = new PointerPointer<>(encoder.decoded_side_data());
    IntPointer count = new IntPointer(new int[] {encoder.nb_decoded_side_data()});
    AVFrameSideData created = av_frame_side_data_new(list, count, type, bytes, 0);
    requireMemory(created);
    encoder.decoded_side_data(list);
    encoder.nb_decoded_side_data(count.get());
    return Pointer.memset(created.data(), 0, bytes);
  }

  private static void requireMemory(Pointer created) {
    if (created == null || created.isNull()) {
      throw new OutOfMemoryError("no memory for HDR metadata");
    }
  }

  /** The structs may be longer than their mapped fields, so FFmpeg tells their sizes. */
  private static long displayBytes() {
    SizeTPointer bytes = new SizeTPointer(1);
    av_free(av_mastering_display_metadata_alloc_size(bytes));
    return bytes.get();
  }

  private static long lightBytes() {
    SizeTPointer bytes = new SizeTPointer(1);
    av_free(av_content_light_metadata_alloc(bytes));
    return bytes.get();
  }

  private static void write(HdrMetadata from, AVMasteringDisplayMetadata to) {
    List<Rational> xy = from.chromaticities();
    to.has_primaries(xy.isEmpty() ? 0 : 1);
    for (int i = 0; i < xy.size() - 2; i++) {
      to.display_primaries(i / 2, i % 2, Ffmpeg.toNative(xy.get(i)));
    }
    if (!xy.isEmpty()) {
      to.white_point(0, Ffmpeg.toNative(xy.get(XY - 2)));
      to.white_point(1, Ffmpeg.toNative(xy.get(XY - 1)));
    }
    to.has_luminance(from.luminances().isEmpty() ? 0 : 1);
    if (!from.luminances().isEmpty()) {
      to.min_luminance(Ffmpeg.toNative(from.luminances().get(0)));
      to.max_luminance(Ffmpeg.toNative(from.luminances().get(1)));
    }
  }

  private static void write(HdrMetadata from, AVContentLightMetadata to) {
    to.MaxCLL(from.maxContentLight());
    to.MaxFALL(from.maxAverageLight());
  }

  /** Returns whether a frame has HDR10+ metadata, which no encoder of this FFmpeg writes. */
  public static boolean hasHdr10Plus(AVFrame frame) {
    return data(frame, AV_FRAME_DATA_DYNAMIC_HDR_PLUS).isPresent();
  }
}
