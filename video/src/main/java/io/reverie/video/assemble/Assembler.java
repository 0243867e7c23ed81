package io.reverie.video.assemble;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;

import io.reverie.video.AssemblyReport;
import io.reverie.video.Colour;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.Rational;
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
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;

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

  public Assembler(VideoIndex index, PtsRange range, OutputFormat format, Optional<Note> note) {
    this(index, range, format, note, List.of());
  }

  /**
   * Writes the output.
   *
   * @param source the video of the other streams; empty for stills
   * @param segments in the order of their times
   * @param output a local file; overwritten
   */
  public AssemblyReport assemble(
      Optional<MediaSource> source, List<MediaSource> segments, Path output) {
    if (format.isAnimation()) {
      AssemblyReport report =
          new AnimationAssembler(index, format, cuts).assemble(segments, output);
      note.ifPresent(n -> insert(n, output));
      List<String> warnings = new ArrayList<>(report.warnings());
      source.ifPresent(from -> warnings.addAll(streams(from, index, format)));
      source.flatMap(from -> lostTags(from, output)).ifPresent(warnings::add);
      return new AssemblyReport(report.frames(), warnings);
    }
    List<String> kept = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    OutputCheck check = mux(source, segments, output, kept, warnings);
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
      List<MediaSource> segments,
      Path output,
      List<String> kept,
      List<String> warnings) {
    OutputSpan span = new OutputSpan(range, index.timeBase());
    try (MediaOutput out = new MediaOutput(output, format.container());
        SegmentPackets video = new SegmentPackets(segments)) {
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
        out.begin(options(out, others, warnings));
        DecodeTimes times = times(segments);
        Interleaving interleaving =
            new Interleaving(video, times, target, others, out, span, SegmentFormat.origin(index));
        long frames = interleaving.run();
        out.end();
        others.ifPresent(o -> warnings.addAll(o.repairs()));
        interleaving.rejections().ifPresent(warnings::add);
        double seconds = times.length() * index.timeBase().toDouble();
        return new OutputCheck(
            frames, seconds, out.streams(), times.last() * index.timeBase().toDouble());
      } finally {
        others.ifPresent(OtherStreams::close);
      }
    }
  }

  private Map<String, String> options(
      MediaOutput out, Optional<OtherStreams> others, List<String> warnings) {
    if (!Set.of("mp4", "mov").contains(format.container())) {
      return Map.of();
    }
    AVDictionary tags = out.context().metadata();
    boolean keys = tags != null && QuickTimeKeys.areIn(tags, format.container());
    if (keys && others.map(OtherStreams::hasCover).orElse(false)) {
      warnings.add(
          "dropped the tags of a camera, because %s store either them or a cover"
              .formatted(StreamHandling.title(format.container())));
    } else if (keys) {
      QuickTimeKeys.prepare(tags);
      return Map.of("movflags", "+faststart+use_metadata_tags");
    }
    return Map.of("movflags", "+faststart");
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

  /** Returns decoding times in the source's time base; segments may be stored in a finer one. */
  private DecodeTimes times(List<MediaSource> segments) {
    long[] times = SegmentPackets.times(segments);
    try (SegmentPackets first = new SegmentPackets(segments)) {
      AVRational timeBase = first.stream().time_base();
      for (int i = 0; i < times.length; i++) {
        times[i] =
            av_rescale_q(times[i], timeBase, Ffmpeg.toNative(index.timeBase()))
                + SegmentFormat.origin(index);
      }
    }
    long end = Arrays.stream(times).max().orElse(0);
    return new DecodeTimes(times, index.usualDuration(), index.duration(index.first(end)));
  }
}
