package io.reverie.video.decode;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;

import io.reverie.video.Colour;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.Playback;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.ffmpeg.Decoder;
import io.reverie.video.ffmpeg.Ffmpeg;
import io.reverie.video.ffmpeg.FramePixels;
import io.reverie.video.ffmpeg.HdrSideData;
import io.reverie.video.ffmpeg.MainStream;
import io.reverie.video.ffmpeg.MediaInput;
import io.reverie.video.ffmpeg.StreamInfo;
import io.reverie.video.header.Pictures;
import java.util.Optional;
import java.util.TreeSet;
import org.bytedeco.ffmpeg.avformat.AVStream;

/**
 * Builds the index of a video: reads all packets for the times of the main stream's frames and
 * decodes the first frame.
 *
 * @param animation the structure of an animation, which is decoded as far as its first transparent
 *     pixel: its header does not tell whether there is one
 */
record IndexScan(MediaSource media, Optional<Pictures> animation) {

  VideoIndex run() {
    try (MediaInput input = MediaInput.open(media)) {
      AVStream stream = MainStream.of(input, media);
      PacketScan scan = new PacketScan(input, stream);
      scan.run();
      StreamInfo info = StreamInfo.of(input, stream);
      VideoIndex index = index(stream, info, scan);
      VideoIndex complete = scan.complete() ? fromFirstFrame(index) : decoded(index);
      return animation.isEmpty() ? complete : complete.withAlpha(showsThrough(index));
    }
  }

  private boolean showsThrough(VideoIndex index) {
    if (!animation.orElseThrow().mayShowThrough()) {
      return false;
    }
    try (Decoder decoding = Decoder.fromStart(media, index)) {
      while (decoding.next()) {
        if (FramePixels.showsThrough(decoding.frame())) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * Drops frames before the first decodable one; a file cut out of a longer one starts with them.
   */
  private VideoIndex fromFirstFrame(VideoIndex index) {
    try (Decoder decoding = Decoder.fromStart(media, index)) {
      if (!decoding.next()) {
        throw noFrame();
      }
      return described(index, decoding).startingAt(decoding.pts(), decoding.interlaced());
    }
  }

  /** Corrects a header by the first frame; HDR metadata may be in the coded stream alone. */
  private static VideoIndex described(VideoIndex index, Decoder decoding) {
    Colour colour = index.colour();
    Size shown = decoding.shown();
    return index.describedBy(
        index.orientation().transposes() ? shown.transposed() : shown,
        colour.with(colour.hdr().or(HdrSideData.of(decoding.frame()))));
  }

  /** Decodes the whole file, for the few files whose packets lack times. */
  private VideoIndex decoded(VideoIndex index) {
    TreeSet<Long> shown = new TreeSet<>();
    VideoIndex described = index;
    boolean interlaced = false;
    try (Decoder decoding = Decoder.fromStart(media, index)) {
      while (decoding.next()) {
        described = shown.isEmpty() ? described(index, decoding) : described;
        shown.add(decoding.pts());
        interlaced |= decoding.interlaced();
      }
    }
    if (shown.isEmpty()) {
      throw noFrame();
    }
    return described.decodedAt(shown.stream().mapToLong(Long::longValue).toArray(), interlaced);
  }

  private MediaException noFrame() {
    return new MediaException(
        "no frame of the video stream in %s can be decoded; the file may be truncated"
            .formatted(media.name()));
  }

  private VideoIndex index(AVStream stream, StreamInfo info, PacketScan scan) {
    return new VideoIndex(
        stream.index(),
        avcodec_get_name(stream.codecpar().codec_id()).getString(),
        Ffmpeg.rational(stream.time_base()),
        MainStream.rate(stream),
        info.size(),
        info.orientation(),
        info.bitDepth(),
        info.alpha(),
        info.interlaced(),
        info.colour(),
        scan.cutOff(),
        scan.dropped(),
        scan.times(),
        scan.entries(),
        new Playback(scan.last(), animation.map(Pictures::plays).orElse(0)));
  }
}
