package io.reverie.video.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_ICC_PROFILE;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_DEFAULT;
import static org.bytedeco.ffmpeg.global.avformat.AV_STREAM_GROUP_PARAMS_TILE_GRID;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import io.reverie.video.MediaException;
import io.reverie.video.Size;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avformat.AVStreamGroup;
import org.bytedeco.ffmpeg.avformat.AVStreamGroupTileGrid;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;

/** Finds the images of a HEIF or AVIF file among the streams that FFmpeg makes of its items. */
final class HeifTiles {

  /** Far above any profile. */
  private static final long LARGEST_PROFILE = 32 << 20;

  private HeifTiles() {}

  /** Where a stream's picture belongs. */
  record Tile(int stream, int x, int y) {}

  /**
   * An image, of one stream or a grid of several.
   *
   * @param size before it is turned
   * @param orientation as EXIF numbers them, 1 to 8
   * @param primary whether viewers show it
   */
  record Item(
      List<Tile> tiles, Size size, int orientation, Optional<byte[]> icc, boolean primary) {}

  /** Returns the image that viewers show. */
  static Item primary(MediaInput input) {
    return all(input).stream()
        .filter(Item::primary)
        .findFirst()
        .orElseThrow(() -> new MediaException(input.name() + " has no readable image"));
  }

  /** Returns the image with the opacity of another: grey, and of the same size. */
  static Optional<Item> opacity(MediaInput input, Item of) {
    return all(input).stream()
        .filter(item -> !item.primary && item.size.equals(of.size))
        .filter(item -> isGrey(input.context().streams(item.tiles.get(0).stream)))
        .findFirst();
  }

  private static boolean isGrey(AVStream stream) {
    return FramePixels.components(stream.codecpar().format()) == 1;
  }

  private static List<Item> all(MediaInput input) {
    AVFormatContext context = input.context();
    List<Item> items = new ArrayList<>();
    Set<Integer> inGrids = new HashSet<>();
    for (int i = 0; i < context.nb_stream_groups(); i++) {
      AVStreamGroup group = context.stream_groups(i);
      if (group.type() == AV_STREAM_GROUP_PARAMS_TILE_GRID) {
        Item grid = grid(group, input.name());
        grid.tiles.forEach(tile -> inGrids.add(tile.stream));
        items.add(grid);
      }
    }
    for (int i = 0; i < context.nb_streams(); i++) {
      AVStream stream = context.streams(i);
      AVCodecParameters codec = stream.codecpar();
      if (codec.codec_type() == AVMEDIA_TYPE_VIDEO && !inGrids.contains(i)) {
        items.add(
            item(
                List.of(new Tile(i, 0, 0)),
                new Size(Math.max(1, codec.width()), Math.max(1, codec.height())),
                codec.coded_side_data(),
                codec.nb_coded_side_data(),
                (stream.disposition() & AV_DISPOSITION_DEFAULT) != 0));
      }
    }
    return items;
  }

  private static Item grid(AVStreamGroup group, String name) {
    AVStreamGroupTileGrid grid = group.params_tile_grid();
    List<Tile> tiles = new ArrayList<>();
    for (int i = 0; i < grid.nb_tiles(); i++) {
      int which = grid.offsets_idx(i);
      if (which < 0 || which >= group.nb_streams()) {
        throw new MediaException(name + " is damaged: its grid names a tile that is missing");
      }
      tiles.add(
          new Tile(
              group.streams(which).index(),
              grid.offsets_horizontal(i) - grid.horizontal_offset(),
              grid.offsets_vertical(i) - grid.vertical_offset()));
    }
    return item(
        tiles,
        new Size(Math.max(1, grid.width()), Math.max(1, grid.height())),
        grid.coded_side_data(),
        grid.nb_coded_side_data(),
        (group.disposition() & AV_DISPOSITION_DEFAULT) != 0);
  }

  private static Item item(
      List<Tile> tiles, Size size, AVPacketSideData data, int count, boolean primary) {
    return new Item(
        tiles,
        size,
        sideData(data, count, AV_PKT_DATA_DISPLAYMATRIX).map(HeifTiles::orientation).orElse(1),
        sideData(data, count, AV_PKT_DATA_ICC_PROFILE)
            .filter(icc -> icc.size() <= LARGEST_PROFILE)
            .map(HeifTiles::bytes),
        primary);
  }

  private static Optional<AVPacketSideData> sideData(AVPacketSideData data, int count, int type) {
    AVPacketSideData found = av_packet_side_data_get(data, count, type);
    return found == null || found.isNull() ? Optional.empty() : Optional.of(found);
  }

  private static byte[] bytes(AVPacketSideData data) {
    byte[] bytes = new byte[(int) data.size()];
    new BytePointer(data.data()).capacity(data.size()).get(bytes);
    return bytes;
  }

  /** Converts a display matrix of quarter turns and flips to EXIF's number. */
  private static int orientation(AVPacketSideData data) {
    int[] matrix = new int[9];
    new IntPointer(data.data()).get(matrix);
    if (matrix[0] != 0) {
      boolean left = matrix[0] < 0;
      boolean down = matrix[4] < 0;
      return left ? (down ? 3 : 2) : (down ? 4 : 1);
    }
    boolean clockwise = matrix[1] > 0;
    return clockwise ? (matrix[3] > 0 ? 5 : 6) : (matrix[3] > 0 ? 8 : 7);
  }
}
