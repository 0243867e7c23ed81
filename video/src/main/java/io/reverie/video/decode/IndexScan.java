package io.reverie.video.decode;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;

import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.VideoIndex;
import io.reverie.video.ffmpeg.Decoder;
import io.reverie.video.ffmpeg.Ffmpeg;
import io.reverie.video.ffmpeg.MainStream;
import io.reverie.video.ffmpeg.MediaInput;
import io.reverie.video.ffmpeg.StreamInfo;
import java.util.TreeSet;
import org.bytedeco.ffmpeg.avformat.AVStream;

/**
 * Reads a file's packets once and notes the times of its main video stream's frames; decodes the
 * first of them.
 */
record IndexScan(MediaSource media) {

  VideoIndex run() {
    try (MediaInput input = MediaInput.open(media)) {
      AVStream stream = MainStream.of(input);
      PacketScan scan = new PacketScan(input, stream);
      scan.run();
      StreamInfo facts = StreamInfo.of(input, stream);
      VideoIndex index = index(stream, facts, scan);
      return scan.complete() ? fromFirstFrame(index) : decoded(index);
    }
  }

  /** Frames before the first that can be decoded are in a file that was cut out of a longer one. */
  private VideoIndex fromFirstFrame(VideoIndex index) {
    try (Decoder decoding = Decoder.fromStart(media, index)) {
      if (!decoding.next()) {
        throw noFrame();
      }
      return index.startingAt(decoding.pts(), decoding.interlaced());
    }
  }

  /** For the few files whose packets do not tell their times. */
  private VideoIndex decoded(VideoIndex index) {
    TreeSet<Long> shown = new TreeSet<>();
    boolean woven = false;
    try (Decoder decoding = Decoder.fromStart(media, index)) {
      while (decoding.next()) {
        shown.add(decoding.pts());
        woven |= decoding.interlaced();
      }
    }
    if (shown.isEmpty()) {
      throw noFrame();
    }
    return index.decodedAt(shown.stream().mapToLong(Long::longValue).toArray(), woven);
  }

  private MediaException noFrame() {
    return new MediaException(
        "%s has a video stream of which no frame can be decoded; it may be cut off"
            .formatted(media.name()));
  }

  private static VideoIndex index(AVStream stream, StreamInfo facts, PacketScan scan) {
    return new VideoIndex(
        stream.index(),
        avcodec_get_name(stream.codecpar().codec_id()).getString(),
        Ffmpeg.rational(stream.time_base()),
        MainStream.rate(stream),
        facts.size(),
        facts.orientation(),
        facts.bitDepth(),
        facts.alpha(),
        facts.interlaced(),
        facts.colour(),
        scan.cutOff(),
        scan.leftOut(),
        scan.times(),
        scan.entries());
  }
}
