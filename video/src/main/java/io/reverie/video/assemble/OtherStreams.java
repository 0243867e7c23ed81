package io.reverie.video.assemble;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_clone;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_move_ref;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;

import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.assemble.StreamHandling.Action;
import io.reverie.video.ffmpeg.ConstructionGuard;
import io.reverie.video.ffmpeg.Ffmpeg;
import io.reverie.video.ffmpeg.MediaInput;
import io.reverie.video.ffmpeg.MediaOutput;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;

/** All streams except the dreamed one (audio, subtitles, covers), copied packet by packet. */
final class OtherStreams implements AutoCloseable {

  private final MediaInput input;
  private final CopiedPackets packets;
  private final OutputSpan span;
  private final Map<Integer, AVStream> targets = new HashMap<>();
  private final Map<Integer, Conversion> conversions = new TreeMap<>();
  private final Deque<AVPacket> converted = new ArrayDeque<>();
  private final AVPacket current;

  /**
   * Opens the source and adds its streams to the output.
   *
   * @param kept receives a sentence about each stream that is copied
   * @param warnings receives a sentence about each stream that is converted or dropped
   */
  OtherStreams(
      MediaSource source,
      int dreamed,
      OutputSpan span,
      MediaOutput output,
      List<String> kept,
      List<String> warnings) {
    this.span = span;
    try (ConstructionGuard guard = new ConstructionGuard()) {
      this.current = guard.add(av_packet_alloc(), p -> av_packet_free(p));
      this.input = guard.add(MediaInput.open(source), MediaInput::close);
      guard.add(conversions, opened -> opened.values().forEach(Conversion::close));
      for (int i = 0; i < input.context().nb_streams(); i++) {
        if (i != dreamed) {
          add(i, output, kept, warnings);
        }
      }
      this.packets = new CopiedPackets(input, targets.keySet());
      guard.complete();
    }
  }

  private void add(int i, MediaOutput output, List<String> kept, List<String> warnings) {
    AVStream stream = input.context().streams(i);
    String container = output.context().oformat().name().getString();
    StreamHandling fate = StreamHandling.of(input.context(), i, container);
    switch (fate.action()) {
      case COPY -> targets.put(i, target(stream, output));
      case ATTACH -> Cover.attach(stream, output);
      case CONVERT -> warnings.add(convert(stream, output, fate, container));
      case DROP -> warnings.add(fate.sentence());
      case RECREATE -> {}
    }
    boolean same = fate.action() != Action.CONVERT && fate.action() != Action.DROP;
    if (same && !fate.sentence().isEmpty()) {
      kept.add(fate.sentence());
    }
  }

  MediaInput input() {
    return input;
  }

  /** Returns whether the output shows a cover, which is an item among its usual tags. */
  boolean hasCover() {
    return targets.keySet().stream()
        .anyMatch(i -> StreamHandling.isCover(input.context().streams(i)));
  }

  /**
   * Estimates the number of packets of all streams.
   *
   * @param seconds of the output
   */
  long samples(double seconds) {
    return targets.keySet().stream()
        .mapToLong(i -> StreamSamples.count(input.context().streams(i), seconds))
        .sum();
  }

  /** Estimates how often the duration of a packet differs from the one before. */
  long runs(double seconds) {
    return targets.keySet().stream()
        .filter(i -> StreamSamples.isRounded(input.context().streams(i)))
        .mapToLong(i -> StreamSamples.count(input.context().streams(i), seconds))
        .sum();
  }

  long coverBytes() {
    return targets.keySet().stream()
        .map(i -> input.context().streams(i))
        .filter(StreamHandling::isCover)
        .mapToLong(stream -> stream.attached_pic().size())
        .sum();
  }

  private static AVStream target(AVStream from, MediaOutput output) {
    AVStream to = output.addStream();
    avcodec_parameters_copy(to.codecpar(), from.codecpar());
    // Codec tags depend on the container; the muxer chooses.
    to.codecpar().codec_tag(0);
    to.time_base(from.time_base());
    to.avg_frame_rate(from.avg_frame_rate());
    to.disposition(from.disposition());
    to.metadata(Ffmpeg.copy(from.metadata()));
    return to;
  }

  /** Adds a converted stream, or none if it cannot be decoded; returns the warning. */
  private String convert(
      AVStream stream, MediaOutput output, StreamHandling fate, String container) {
    try {
      Conversion conversion = Conversion.of(stream, container);
      conversions.put(stream.index(), conversion);
      AVStream to = output.addStream();
      conversion.describe(to);
      to.disposition(stream.disposition());
      to.metadata(Ffmpeg.copy(stream.metadata()));
      targets.put(stream.index(), to);
      return fate.sentence();
    } catch (MediaException e) {
      return StreamHandling.dropped(stream, container)
          + ", and it cannot be converted: "
          + e.getMessage();
    }
  }

  /** Returns the next packet, ready to be written; valid until the following call. */
  Optional<AVPacket> next() {
    av_packet_unref(current);
    while (converted.isEmpty()) {
      Optional<AVPacket> next = packets.next();
      if (next.isEmpty()) {
        if (conversions.isEmpty()) {
          return Optional.empty();
        }
        conversions.forEach((i, c) -> c.end(p -> keep(p, i, c)));
        conversions.values().forEach(Conversion::close);
        conversions.clear();
      } else if (isInSpan(next.get())) {
        Conversion conversion = conversions.get(next.get().stream_index());
        if (conversion == null) {
          return Optional.of(stamped(next.get()));
        }
        int from = next.get().stream_index();
        shift(next.get());
        conversion.put(next.get(), p -> keep(p, from, conversion));
      }
    }
    AVPacket first = converted.remove();
    av_packet_move_ref(current, first);
    av_packet_free(first);
    return Optional.of(current);
  }

  private boolean isInSpan(AVPacket packet) {
    return span.contains(packet.pts(), input.context().streams(packet.stream_index()).time_base());
  }

  /** Returns warnings about corrected times. */
  List<String> repairs() {
    return packets.repairs();
  }

  private void shift(AVPacket packet) {
    span.shift(packet, input.context().streams(packet.stream_index()).time_base());
  }

  private AVPacket stamped(AVPacket packet) {
    AVStream target = Objects.requireNonNull(targets.get(packet.stream_index()));
    shift(packet);
    av_packet_rescale_ts(
        packet, input.context().streams(packet.stream_index()).time_base(), target.time_base());
    packet.stream_index(target.index());
    packet.pos(-1);
    return packet;
  }

  private void keep(AVPacket packet, int from, Conversion conversion) {
    AVPacket kept = av_packet_clone(packet);
    AVStream target = Objects.requireNonNull(targets.get(from));
    av_packet_rescale_ts(kept, conversion.timeBase(), target.time_base());
    kept.stream_index(target.index());
    converted.add(kept);
  }

  /** Returns whether a packet of another stream precedes a time of the video. */
  boolean isBefore(AVPacket packet, MediaOutput output, long time, AVStream video) {
    AVStream own = output.context().streams(packet.stream_index());
    long dts =
        packet.dts() == org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE
            ? packet.pts()
            : packet.dts();
    return av_rescale_q(dts, own.time_base(), video.time_base()) <= time;
  }

  @Override
  public void close() {
    conversions.values().forEach(Conversion::close);
    converted.forEach(packet -> av_packet_free(packet));
    av_packet_free(current);
    packets.close();
    input.close();
  }
}
