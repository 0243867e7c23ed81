package io.reverie.video.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;

import io.reverie.video.Colour;
import io.reverie.video.Frame;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.Rational;
import io.reverie.video.Size;
import io.reverie.video.ffmpeg.HeifTiles.Item;
import io.reverie.video.ffmpeg.HeifTiles.Tile;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/**
 * The primary image of a HEIF or AVIF file, joined from its tiles.
 *
 * @param frame as stored, before it is turned
 * @param orientation as EXIF numbers them, 1 to 8
 * @param bitDepth bits per component
 * @param icc colour profile
 * @param colour code points, where there is no profile
 */
public record HeifPicture(
    Frame frame, int orientation, int bitDepth, Optional<byte[]> icc, Colour colour) {

  private static final Rational ONE = new Rational(1, 1);
  private static final String SCALER =
      "flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp+bitexact";

  /** More tiles than 200 megapixels in those of phones, 512 pixels wide. */
  private static final int MAX_TILES = 10_000;

  /**
   * Decodes the primary image.
   *
   * @param alpha whether to look for an image with its opacity
   * @throws MediaException if it cannot be decoded
   */
  public static HeifPicture read(MediaSource source, boolean alpha) {
    try (MediaInput input = MediaInput.open(source)) {
      Item primary = HeifTiles.primary(input);
      Optional<Item> opacity = alpha ? HeifTiles.opacity(input, primary) : Optional.empty();
      AVCodecParameters codec = input.context().streams(primary.tiles().get(0).stream()).codecpar();
      AVPixFmtDescriptor format = av_pix_fmt_desc_get(codec.format());
      if (format == null) {
        throw new MediaException(input.name() + ": cannot be decoded; it may be damaged");
      }
      int depth = format.comp(0).depth();
      Canvas colours = new Canvas(primary, depth > 8, input.name());
      Optional<Canvas> opacities = opacity.map(item -> new Canvas(item, depth > 8, input.name()));
      decode(input, colours, opacities);
      Optional<float[]> plane = opacities.map(Canvas::first);
      Size size = primary.size();
      return new HeifPicture(
          new Frame(size.width(), size.height(), colours.rgb, plane, 0, false),
          primary.orientation(),
          depth,
          primary.icc(),
          new Colour(
              codec.color_primaries(),
              codec.color_trc(),
              codec.color_space(),
              codec.color_range(),
              0));
    }
  }

  private static void decode(MediaInput input, Canvas colours, Optional<Canvas> opacities) {
    try (PacketReader packets = new PacketReader(input)) {
      for (Optional<AVPacket> next = packets.next(); next.isPresent(); next = packets.next()) {
        AVPacket packet = next.get();
        int stream = packet.stream_index();
        boolean coloured = colours.awaits(stream);
        boolean opaque = opacities.isPresent() && opacities.get().awaits(stream);
        if (coloured || opaque) {
          Frame tile = decode(input, packet, (coloured ? colours : opacities.get()).highBitDepth);
          (coloured ? colours : opacities.get()).put(stream, tile);
        }
      }
    }
    colours.requireWhole();
    opacities.ifPresent(Canvas::requireWhole);
  }

  private static Frame decode(MediaInput input, AVPacket packet, boolean highBitDepth) {
    AVCodecContext codec = StreamDecoders.open(input.context().streams(packet.stream_index()));
    AVFrame frame = av_frame_alloc();
    try {
      String failure = "cannot be decoded; it may be damaged";
      Ffmpeg.check(avcodec_send_packet(codec, packet), failure, input.name());
      Ffmpeg.check(avcodec_send_packet(codec, null), failure, input.name());
      Ffmpeg.check(avcodec_receive_frame(codec, frame), failure, input.name());
      return rgb(frame, highBitDepth);
    } finally {
      av_frame_free(frame);
      avcodec_free_context(codec);
    }
  }

  private static Frame rgb(AVFrame decoded, boolean highBitDepth) {
    Colour colour = new Colour(2, 2, decoded.colorspace(), decoded.color_range(), 0);
    String chain =
        "scale=%s:in_color_matrix=%d:in_range=%s,format=%s"
            .formatted(
                SCALER,
                // Without a word, the matrix of a HEIF image is BT.601, whatever its size.
                colour.matrixOr(1),
                colour.fullRange() ? "full" : "auto",
                FramePixels.format(highBitDepth, false));
    try (FrameFilter filter = new FrameFilter(decoded, ONE, chain)) {
      filter.put(decoded);
      filter.end();
      if (!filter.next()) {
        throw new MediaException("a tile could not be converted");
      }
      return FramePixels.read(filter.frame(), highBitDepth, false, 0, false);
    }
  }

  /** Copies the tiles of a grid to their places in one picture. */
  private static final class Canvas {

    private final Item item;
    private final boolean highBitDepth;
    private final String name;
    private final float[] rgb;
    private final Set<Integer> awaited = new TreeSet<>();

    Canvas(Item item, boolean highBitDepth, String name) {
      CodedSize.require(item.size(), name);
      if (item.tiles().size() > MAX_TILES) {
        throw new MediaException(
            "%s has %d tiles, but at most %d are supported"
                .formatted(name, item.tiles().size(), MAX_TILES));
      }
      this.item = item;
      this.highBitDepth = highBitDepth;
      this.name = name;
      this.rgb = new float[Math.multiplyExact(item.size().width(), item.size().height()) * 3];
      item.tiles().forEach(tile -> awaited.add(tile.stream()));
    }

    boolean awaits(int stream) {
      return awaited.contains(stream);
    }

    void put(int stream, Frame picture) {
      awaited.remove(stream);
      for (Tile tile : item.tiles()) {
        if (tile.stream() == stream) {
          put(tile, picture);
        }
      }
    }

    private void put(Tile tile, Frame picture) {
      int left = Math.max(0, tile.x());
      int right = (int) Math.min(item.size().width(), (long) tile.x() + picture.width());
      int bottom = (int) Math.min(item.size().height(), (long) tile.y() + picture.height());
      for (int y = Math.max(0, tile.y()); y < bottom && left < right; y++) {
        System.arraycopy(
            picture.rgb(),
            ((y - tile.y()) * picture.width() + left - tile.x()) * 3,
            rgb,
            (y * item.size().width() + left) * 3,
            (right - left) * 3);
      }
    }

    void requireWhole() {
      if (!awaited.isEmpty()) {
        throw new MediaException(
            "%s is damaged: %d of its %d tiles are missing"
                .formatted(name, awaited.size(), item.tiles().size()));
      }
    }

    /** Returns the first component of each pixel. */
    float[] first() {
      float[] values = new float[rgb.length / 3];
      for (int i = 0; i < values.length; i++) {
        values[i] = rgb[i * 3];
      }
      return values;
    }
  }
}
