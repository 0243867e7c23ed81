package io.reverie.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP8;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.reverie.video.VideoIndex.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;

/** Reads a file's packets once and notes the times of its main video stream's frames. */
record IndexScan(MediaSource media) {

  VideoIndex run() {
    try (MediaInput input = MediaInput.open(media)) {
      AVStream stream = MainStream.of(input);
      Times times = scan(input, stream);
      StreamFacts facts = StreamFacts.of(input, stream);
      if (times.complete() && !times.shown().isEmpty()) {
        return index(stream, facts, times);
      }
      VideoIndex rough = index(stream, facts, new Times(new TreeSet<>(), List.of(), false));
      return index(stream, facts, decoded(rough));
    }
  }

  private Times scan(MediaInput input, AVStream stream) {
    TreeSet<Long> shown = new TreeSet<>();
    List<Entry> entries = new ArrayList<>();
    boolean[] complete = {true};
    try (EntryCheck check = new EntryCheck(stream.codecpar());
        Packets packets = new Packets(input)) {
      for (Optional<AVPacket> next = packets.next(stream.index());
          next.isPresent();
          next = packets.next(stream.index())) {
        AVPacket packet = next.get();
        boolean entry = check.isEntry(packet) && (packet.flags() & AV_PKT_FLAG_KEY) != 0;
        if (!isShown(packet, stream.codecpar())) {
          continue;
        }
        complete[0] &= packet.pts() != AV_NOPTS_VALUE && shown.add(packet.pts());
        if (entry) {
          entries.add(new Entry(packet.pts(), packet.dts()));
        }
      }
    }
    return new Times(shown, entries, complete[0]);
  }

  private static boolean isShown(AVPacket packet, AVCodecParameters codec) {
    if ((packet.flags() & AV_PKT_FLAG_DISCARD) != 0 || packet.size() == 0) {
      return false;
    }
    // VP8's alternate references are packets that show nothing: bit 4 of the first byte.
    return codec.codec_id() != AV_CODEC_ID_VP8 || (packet.data().get(0) & 0x10) != 0;
  }

  /** For the few files whose packets do not tell their times. */
  private Times decoded(VideoIndex rough) {
    TreeSet<Long> shown = new TreeSet<>();
    try (Decoding decoding = Decoding.fromStart(media, rough)) {
      while (decoding.next()) {
        shown.add(decoding.pts());
      }
    }
    return new Times(shown, List.of(), true);
  }

  private VideoIndex index(AVStream stream, StreamFacts facts, Times times) {
    if (times.complete() && times.shown().isEmpty()) {
      throw new MediaException(
          "%s has a video stream without any frame; it may be cut off".formatted(media.name()));
    }
    return new VideoIndex(
        stream.index(),
        avcodec_get_name(stream.codecpar().codec_id()).getString(),
        Ffmpeg.rational(stream.time_base()),
        Ffmpeg.rational(stream.avg_frame_rate()),
        facts.size(),
        facts.orientation(),
        facts.bitDepth(),
        facts.alpha(),
        facts.interlaced(),
        facts.colour(),
        times.shown().stream().mapToLong(Long::longValue).toArray(),
        times.entries().toArray(Entry[]::new));
  }

  private record Times(TreeSet<Long> shown, List<Entry> entries, boolean complete) {}
}
