package io.reverie.video.assemble;

import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;

import io.reverie.video.PtsRange;
import io.reverie.video.ffmpeg.Ffmpeg;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avformat.AVChapter;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** Copies a file's chapters, trimmed to the output. */
final class Chapters {

  private static final int POINTER_BYTES = 8;
  private static final Set<String> WITHOUT =
      Set.of("avi", "mpegts", "gif", "webp", "apng", StreamHandling.STILLS);

  private Chapters() {}

  /** Returns a warning about the chapters of a file, if a container cannot store them. */
  static Optional<String> loss(AVFormatContext from, String container) {
    return from.nb_chapters() > 0 && WITHOUT.contains(container)
        ? Optional.of(
            "dropped the chapters: %s cannot store them".formatted(StreamHandling.title(container)))
        : Optional.empty();
  }

  /** Returns a warning if the output's container cannot store them. */
  static Optional<String> copy(AVFormatContext from, AVFormatContext to, OutputSpan span) {
    List<AVChapter> kept = new ArrayList<>();
    String container = to.oformat().name().getString();
    for (int i = 0; i < from.nb_chapters(); i++) {
      AVChapter chapter = from.chapters(i);
      AVRational unit = chapter.time_base();
      AVRational own = Ffmpeg.toNative(span.timeBase());
      PtsRange range = span.range();
      long begin =
          range.from() == Long.MIN_VALUE
              ? chapter.start()
              : Math.max(chapter.start(), av_rescale_q(range.from(), own, unit));
      long end =
          range.to() == Long.MAX_VALUE
              ? chapter.end()
              : Math.min(chapter.end(), av_rescale_q(range.to(), own, unit));
      if (begin < end) {
        long shift = av_rescale_q(span.offset(), own, unit);
        kept.add(copy(chapter, begin + shift, end + shift));
      }
    }
    if (!kept.isEmpty() && WITHOUT.contains(container)) {
      return loss(from, container);
    }
    if (!kept.isEmpty()) {
      // The muxer frees the list, so FFmpeg must allocate it.
      Pointer memory = av_mallocz((long) POINTER_BYTES * kept.size());
      PointerPointer<AVChapter> list = new PointerPointer<>(memory);
      for (int i = 0; i < kept.size(); i++) {
        list.put(i, kept.get(i));
      }
      to.chapters(list);
      to.nb_chapters(kept.size());
    }
    return Optional.empty();
  }

  private static AVChapter copy(AVChapter from, long start, long end) {
    AVChapter to = new AVChapter(av_mallocz(from.sizeof()));
    to.id(from.id());
    to.time_base(from.time_base());
    to.start(start);
    to.end(end);
    to.metadata(Ffmpeg.copy(from.metadata()));
    return to;
  }
}
