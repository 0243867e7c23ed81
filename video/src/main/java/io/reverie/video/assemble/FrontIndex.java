package io.reverie.video.assemble;

import io.reverie.video.ffmpeg.NoteTags;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;

/**
 * The size of the index (moov) of an MP4 or QuickTime file, estimated before the first packet, so
 * that the index can be written in front of the packets without moving them afterwards. What it
 * does not need becomes a free box. Sizes of boxes: ISO/IEC 14496-12, sections 8.4 to 8.7.
 *
 * @param video times of the dreamed stream
 * @param seconds of the output
 */
record FrontIndex(DecodeTimes video, double seconds) {

  /** FFmpeg's limit, and more than any film needs. */
  static final long MAX_BYTES = Integer.MAX_VALUE;

  /** Entries of a sample in stsz, stss and sdtp. */
  private static final int SAMPLE = 4 + 4 + 1;

  /** Entry of a run of equal values in stts or ctts. */
  static final int RUN = 8;

  /** Entries of a chunk in stsc and co64. */
  private static final int CHUNK = 12 + 8;

  /** FFmpeg begins a new chunk after 1 MiB; no sound has more than 16 MiB in a second. */
  private static final int CHUNKS_PER_SECOND = 16;

  /** Boxes of fixed size, repaired times, and what is estimated too low. */
  private static final long SLACK = 256 << 10;

  /** Bytes around a tag or a chapter. */
  private static final int BOXES = 128;

  /** Returns the number of bytes to reserve. */
  long bytes(AVFormatContext out, Optional<OtherStreams> others) {
    long samples = others.map(o -> o.samples(seconds)).orElse(0L);
    long splits = (long) (CHUNKS_PER_SECOND * seconds);
    long frames = video.count();
    long total = SAMPLE * (frames + samples);
    total += RUN * (runs() + others.map(o -> o.runs(seconds)).orElse(0L));
    // A chunk ends where a packet of another stream follows.
    total += CHUNK * (2 * Math.min(frames, samples) + 2 * splits);
    total += others.map(OtherStreams::coverBytes).orElse(0L);
    for (int i = 0; i < out.nb_streams(); i++) {
      AVStream stream = out.streams(i);
      total += tags(NoteTags.all(stream.metadata())) + 2L * stream.codecpar().extradata_size();
    }
    total += tags(NoteTags.all(out.metadata()));
    for (int i = 0; i < out.nb_chapters(); i++) {
      total += tags(NoteTags.all(out.chapters(i).metadata())) + BOXES;
    }
    return total + total / 64 + SLACK;
  }

  /** Characters need up to three bytes, and some tags are written twice. */
  private static long tags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .mapToLong(tag -> 6L * (tag.getKey().length() + tag.getValue().length()) + BOXES)
        .sum();
  }

  /** Counts the runs of equal durations and of equal delays of the video. */
  private long runs() {
    long runs = 2;
    for (int i = 1; i < video.count(); i++) {
      runs += video.delay(i) == video.delay(i - 1) ? 0 : 1;
      runs += i > 1 && step(i) != step(i - 1) ? 1 : 0;
    }
    return runs;
  }

  private long step(int i) {
    return video.dts(i) - video.dts(i - 1);
  }
}
