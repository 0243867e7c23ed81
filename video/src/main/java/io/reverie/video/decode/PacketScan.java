package io.reverie.video.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP8;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_DURATION_FROM_BITRATE;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.reverie.video.MediaException;
import io.reverie.video.VideoIndex.Entry;
import io.reverie.video.ffmpeg.Ffmpeg;
import io.reverie.video.ffmpeg.LastFrame;
import io.reverie.video.ffmpeg.MainStream;
import io.reverie.video.ffmpeg.MediaInput;
import io.reverie.video.ffmpeg.PacketReader;
import io.reverie.video.timestamp.ClockBreak;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;

/** A scan of all packets for the frame times of the main stream and the end of the file. */
final class PacketScan {

  private static final double MICROSECOND = 1e-6;
  private static final double LACKING_SECONDS = 0.5;
  private static final int FARTHEST_REORDER = 16;
  private static final double FEW = 0.05;
  private static final int VP8_SHOWN = 0x10;

  private final MediaInput input;
  private final AVStream stream;
  private final List<Long> inOrder = new ArrayList<>();
  private final TreeSet<Long> shown = new TreeSet<>();
  private final List<Entry> entries = new ArrayList<>();
  private final double[] units;
  private boolean timed = true;
  private boolean complete;
  private int dropped;
  private double end;
  private final LastFrame last;

  PacketScan(MediaInput input, AVStream stream) {
    this.input = input;
    this.stream = stream;
    this.last = new LastFrame(input, stream);
    this.units = new double[input.context().nb_streams()];
    for (int i = 0; i < units.length; i++) {
      units[i] = Ffmpeg.rational(input.context().streams(i).time_base()).toDouble();
    }
  }

  void run() {
    try (EntryPoint check = new EntryPoint(stream.codecpar());
        PacketReader packets = new PacketReader(input)) {
      for (Optional<AVPacket> next = packets.next(); next.isPresent(); next = packets.next()) {
        AVPacket packet = next.get();
        int from = packet.stream_index();
        if (packet.pts() != AV_NOPTS_VALUE && from < units.length) {
          end = Math.max(end, (packet.pts() + packet.duration()) * units[from]);
        }
        if (from == stream.index()) {
          note(packet, check.isEntry(packet) && (packet.flags() & AV_PKT_FLAG_KEY) != 0);
        }
      }
    }
    shown.addAll(inOrder);
    complete = timed && shown.size() == inOrder.size() && !MainStream.isUntimed(input, stream);
    Set<Long> astray = astray();
    if (astray.size() < FEW * inOrder.size()) {
      shown.removeAll(astray);
      dropped = astray.size();
    }
    if (timed && !MainStream.isUntimed(input, stream)) {
      requireOneClock();
    }
  }

  /**
   * Rejects a clock that restarts: frames are identified by their times, and duplicates would be
   * lost.
   */
  private void requireOneClock() {
    long[] kept = inOrder.stream().filter(shown::contains).mapToLong(Long::longValue).toArray();
    Optional<ClockBreak> broken = ClockBreak.find(kept, units[stream.index()]);
    if (broken.isPresent()) {
      throw new MediaException(
          "%s: its clock %s, so it is damaged or was joined from several recordings; rewrite the timestamps first: ffmpeg -i IN -c copy OUT.mkv"
              .formatted(input.name(), broken.get()));
    }
  }

  /**
   * Returns times later than those of much later packets. A flipped bit can shift one frame by
   * hours, and that frame is dropped; many such frames have another cause.
   */
  private Set<Long> astray() {
    Set<Long> astray = new HashSet<>();
    long earliest = Long.MAX_VALUE;
    for (int i = inOrder.size() - 1 - FARTHEST_REORDER; i > 0; i--) {
      earliest = Math.min(earliest, inOrder.get(i + FARTHEST_REORDER));
      if (inOrder.get(i - 1) > earliest) {
        astray.add(inOrder.get(i - 1));
      }
    }
    return astray;
  }

  private void note(AVPacket packet, boolean entry) {
    if (!isShown(packet)) {
      return;
    }
    timed &= packet.pts() != AV_NOPTS_VALUE;
    inOrder.add(packet.pts());
    last.add(packet);
    if (entry) {
      entries.add(new Entry(packet.pts(), packet.dts()));
    }
  }

  private boolean isShown(AVPacket packet) {
    if ((packet.flags() & AV_PKT_FLAG_DISCARD) != 0 || packet.size() == 0) {
      return false;
    }
    // VP8's alternate reference packets are not displayed.
    return stream.codecpar().codec_id() != AV_CODEC_ID_VP8
        || (packet.data().get(0) & VP8_SHOWN) != 0;
  }

  /** Returns whether the packets give the time of every frame. */
  boolean complete() {
    return complete && !shown.isEmpty();
  }

  /** Returns the number of frames dropped because of their times. */
  int dropped() {
    return dropped;
  }

  long[] times() {
    return shown.stream().mapToLong(Long::longValue).toArray();
  }

  Entry[] entries() {
    return entries.toArray(Entry[]::new);
  }

  /** Returns how long the last frame is shown, in ticks; 0 if the file does not say. */
  long last() {
    return dropped > 0 || !timed ? 0 : last.duration();
  }

  /** Returns whether the file ends before the duration in its header. */
  boolean cutOff() {
    AVFormatContext context = input.context();
    if (context.duration() == AV_NOPTS_VALUE
        || context.duration_estimation_method() == AVFMT_DURATION_FROM_BITRATE) {
      return false;
    }
    return context.duration() * MICROSECOND - end > LACKING_SECONDS;
  }
}
