package io.reverie.video.assemble;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import io.reverie.video.AssemblyReport;
import io.reverie.video.Colour;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.PacketTimes;
import io.reverie.video.PtsRange;
import io.reverie.video.Rational;
import io.reverie.video.SegmentFiles;
import io.reverie.video.SegmentFormat;
import io.reverie.video.VideoIndex;
import io.reverie.video.check.OutputCheck;
import io.reverie.video.encode.AnimationAssembler;
import io.reverie.video.encode.OutputFormat;
import io.reverie.video.encode.VideoCodec;
import io.reverie.video.ffmpeg.Ffmpeg;
import io.reverie.video.ffmpeg.HdrSideData;
import io.reverie.video.ffmpeg.MediaOutput;
import io.reverie.video.ffmpeg.NoteTags;
import io.reverie.video.note.GifComment;
import io.reverie.video.note.Note;
import io.reverie.video.note.StillNotes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/**
 * Muxes encoded segments with all other streams of their source. Packets are copied: video is not
 * decoded, and other streams are converted only if the container cannot store them.
 *
 * @param index of the source
 * @param range the dreamed range, in the index's time base
 * @param format of the output
 * @param note stored in the output if the container supports it
 * @param cuts first times of shots, in the index's time base, for a GIF's palettes
 */
public record Assembler(
    VideoIndex index, PtsRange range, OutputFormat format, Optional<Note> note, List<Long> cuts) {

  public Assembler {
    cuts = List.copyOf(cuts);
  }

  /** A value of avoid_negative_ts that the presets do not map. */
  private static final int MAKE_NOT_NEGATIVE = 1;

  /** Bytes of the largest animation that is read to insert a note; the sidecar has it anyway. */
  private static final long LARGEST_NOTED = 1L << 28;

  /** From this size, a second pass over the output would be felt. */
  private static final long LARGE = 64L << 20;

  public Assembler(VideoIndex index, PtsRange range, OutputFormat format, Optional<Note> note) {
    this(index, range, format, note, List.of());
  }

  /**
   * Writes the output from small segments of which nothing else is known.
   *
   * @param source the video of the other streams; empty for stills
   * @param segments in the order of their times
   * @param output a local file; overwritten
   */
  public AssemblyReport assemble(
      Optional<MediaSource> source, List<MediaSource> segments, Path output) {
    return assemble(source, SegmentFiles.of(segments), output);
  }

  /**
   * Writes the output. Each segment is opened once, in order, if its times are known, and the
   * output is written once. Memory does not depend on the size of the segments: 16 bytes for each
   * frame, and the muxer's own list of packets.
   *
   * @param source the video of the other streams; empty for stills
   * @param output a local file; overwritten
   */
  public AssemblyReport assemble(Optional<MediaSource> source, SegmentFiles segments, Path output) {
    if (format.isAnimation()) {
      AssemblyReport report =
          new AnimationAssembler(index, format, cuts).assemble(segments.files(), output);
      note.ifPresent(n -> insert(n, output));
      List<String> warnings = new ArrayList<>(report.warnings());
      source.ifPresent(from -> warnings.addAll(streams(from, index, format)));
      source.flatMap(from -> lostTags(from, output)).ifPresent(warnings::add);
      return new AssemblyReport(report.frames(), warnings);
    }
    try {
      return joined(source, segments, output, segments.bytes() >= LARGE);
    } catch (StaleTimesException e) {
      return joined(source, segments.withoutTimes(), output, false);
    }
  }

  /**
   * Joins the segments' packets.
   *
   * @param reserve whether to reserve space for an index in front, instead of moving all packets
   */
  private AssemblyReport joined(
      Optional<MediaSource> source, SegmentFiles segments, Path output, boolean reserve) {
    List<String> kept = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    OutputCheck check;
    try {
      check = mux(source, segments, output, reserve, kept, warnings);
    } catch (ShortReserveException e) {
      return joined(source, segments, output, false);
    }
    check.run(output);
    source.flatMap(from -> lostTags(from, output)).ifPresent(warnings::add);
    return new AssemblyReport(check.frames(), warnings, kept);
  }

  /** Tells what will become of a source's streams other than the dreamed one. */
  public static List<String> streams(MediaSource source, VideoIndex index, OutputFormat format) {
    return StreamHandling.sentences(source, index.stream(), format.container());
  }

  /** Tells what numbered images lack of a source's streams other than the dreamed one. */
  public static List<String> streamsWithoutPlace(MediaSource source, VideoIndex index) {
    return StreamHandling.sentences(source, index.stream(), StreamHandling.STILLS);
  }

  private Optional<String> lostTags(MediaSource source, Path output) {
    return LostTags.sentence(source, MediaSource.of(output), format.container());
  }

  /** Writes the file and returns the check that it must pass. */
  private OutputCheck mux(
      Optional<MediaSource> source,
      SegmentFiles segments,
      Path output,
      boolean reserve,
      List<String> kept,
      List<String> warnings) {
    OutputSpan span = new OutputSpan(range, index.timeBase());
    DecodeTimes times = times(segments);
    double seconds = times.length() * index.timeBase().toDouble();
    try (MediaOutput out = new MediaOutput(output, format.container());
        SegmentPackets video = new SegmentPackets(segments.files())) {
      AVStream target = videoStream(video, out);
      Optional<OtherStreams> others =
          source.map(s -> new OtherStreams(s, index.stream(), span, out, kept, warnings));
      try {
        others.flatMap(o -> copyTags(o, target, out, span)).ifPresent(warnings::add);
        note.ifPresent(n -> tag(n, out));
        if (format.container().equals("avi")) {
          // AVI audio has no timestamps; a shift would only insert a gap into the video.
          out.context().avoid_negative_ts(0);
        } else if (index.times()[index.first(range.from())] + span.offset() < 0) {
          // QuickTime and MP4 hide frames before zero, as after a wrap-around of a broadcast clock.
          out.context().avoid_negative_ts(MAKE_NOT_NEGATIVE);
        }
        Map<String, String> options = options(out, others, warnings);
        if (isIndexed() && reserve) {
          options.put("moov_size", Long.toString(reserved(out, others, times, seconds)));
        } else if (isIndexed()) {
          options.merge("movflags", "+faststart", String::concat);
        }
        out.begin(options);
        Interleaving interleaving =
            new Interleaving(video, times, target, others, out, span, SegmentFormat.origin(index));
        long frames = interleaving.run();
        end(out, options.containsKey("moov_size"));
        others.ifPresent(o -> warnings.addAll(o.repairs()));
        interleaving.rejections().ifPresent(warnings::add);
        return new OutputCheck(
            frames, seconds, out.streams(), times.last() * index.timeBase().toDouble());
      } finally {
        others.ifPresent(OtherStreams::close);
      }
    }
  }

  private long reserved(
      MediaOutput out, Optional<OtherStreams> others, DecodeTimes times, double seconds) {
    return Math.min(
        FrontIndex.MAX_BYTES, new FrontIndex(times, seconds).bytes(out.context(), others));
  }

  private static void end(MediaOutput out, boolean reserved) {
    try {
      out.end();
    } catch (MediaException e) {
      throw reserved && e.isLasting() ? new ShortReserveException(e) : e;
    }
  }

  /** Whether the container has an index that players want to read first. */
  private boolean isIndexed() {
    return Set.of("mp4", "mov").contains(format.container());
  }

  private Map<String, String> options(
      MediaOutput out, Optional<OtherStreams> others, List<String> warnings) {
    Map<String, String> options = new TreeMap<>();
    AVDictionary tags = out.context().metadata();
    boolean keys = isIndexed() && tags != null && QuickTimeKeys.areIn(tags, format.container());
    if (keys && others.map(OtherStreams::hasCover).orElse(false)) {
      warnings.add(
          "dropped the tags of a camera, because %s store either them or a cover"
              .formatted(StreamHandling.title(format.container())));
    } else if (keys) {
      QuickTimeKeys.prepare(tags);
      options.put("movflags", "+use_metadata_tags");
    }
    return options;
  }

  private void insert(Note note, Path animation) {
    try {
      if (format.codec() == VideoCodec.GIF) {
        GifComment.insert(animation, note);
      } else if (Files.size(animation) < LARGEST_NOTED) {
        Optional<byte[]> noted = StillNotes.put(Files.readAllBytes(animation), note);
        if (noted.isPresent()) {
          Files.write(animation, noted.get());
        }
      }
    } catch (IOException e) {
      throw new MediaException(
          "%s: cannot be written (%s)".formatted(animation, e.getMessage()), e);
    }
  }

  private void tag(Note note, MediaOutput out) {
    AVDictionary tags = out.context().metadata();
    AVDictionary all = tags == null ? new AVDictionary(null) : tags;
    try {
      NoteTags.put(all, format.container(), note.text(), Note::isNote);
    } finally {
      out.context().metadata(all);
    }
  }

  private AVStream videoStream(SegmentPackets video, MediaOutput out) {
    AVStream target = out.addStream();
    avcodec_parameters_copy(target.codecpar(), video.stream().codecpar());
    target.codecpar().codec_tag(0);
    // NUT does not store these, and few codecs do.
    target.codecpar().color_primaries(index.colour().primaries());
    target.codecpar().color_trc(index.colour().transfer());
    HdrSideData.put(index.colour().hdr(), target.codecpar());
    boolean yuv = format.pixelFormat(index.bitDepth(), index.alpha()).startsWith("yuv");
    if (yuv && target.codecpar().color_space() == Colour.UNSPECIFIED.matrix()) {
      target.codecpar().color_space(index.colour().matrixOr(index.size().height()));
    }
    target.time_base(Ffmpeg.toNative(timeBase()));
    target.avg_frame_rate(Ffmpeg.toNative(index.rate()));
    markTransparent(target);
    return target;
  }

  /** Sets the tag without which players ignore VP9's transparency. */
  private void markTransparent(AVStream target) {
    boolean transparent = format.codec() == VideoCodec.VP9 && index.alpha();
    AVDictionary tags = target.metadata() == null ? new AVDictionary(null) : target.metadata();
    av_dict_set(tags, "alpha_mode", transparent ? "1" : null, 0);
    target.metadata(tags);
  }

  /**
   * Returns the output time base. AVI counts frames, so it needs the reciprocal of a constant rate.
   */
  private Rational timeBase() {
    boolean counts = format.container().equals("avi") && index.rate().num() > 0;
    return counts && isConstantRate() ? index.rate().inverse() : index.timeBase();
  }

  private boolean isConstantRate() {
    long step = index.usualDuration();
    long[] times = index.times();
    return IntStream.range(1, times.length)
        .allMatch(i -> Math.abs(times[i] - times[i - 1] - step) <= 1);
  }

  private Optional<String> copyTags(
      OtherStreams others, AVStream target, MediaOutput out, OutputSpan span) {
    AVStream from = others.input().context().streams(index.stream());
    int skipped = index.first(range.from());
    AVDictionary whole = Ffmpeg.copy(others.input().context().metadata());
    AVDictionary own = Ffmpeg.copy(from.metadata());
    try {
      Timecode.advance(whole, index.rate(), skipped);
      Timecode.advance(own, index.rate(), skipped);
    } finally {
      out.context().metadata(whole);
      target.metadata(own);
    }
    markTransparent(target);
    target.disposition(from.disposition());
    return Chapters.copy(others.input().context(), out.context(), span);
  }

  /** Returns decoding times in the source's time base. */
  private DecodeTimes times(SegmentFiles segments) {
    if (segments.packets().stream().mapToLong(PacketTimes::count).sum() > index.count()) {
      // Others may have written the record.
      throw new StaleTimesException();
    }
    List<PacketTimes> all = new ArrayList<>();
    int count = 0;
    for (int i = 0; i < segments.files().size(); i++) {
      PacketTimes known = segments.packets().get(i);
      PacketTimes times =
          known.known() ? known : SegmentPackets.times(segments.files().get(i), index.timeBase());
      all.add(times);
      count = Math.addExact(count, times.count());
    }
    long[] pts = new long[count];
    int at = 0;
    for (PacketTimes times : all) {
      for (long time : times.toArray()) {
        pts[at++] = time + SegmentFormat.origin(index);
      }
    }
    long end = Arrays.stream(pts).max().orElse(0);
    return new DecodeTimes(pts, index.usualDuration(), index.duration(index.first(end)));
  }
}
