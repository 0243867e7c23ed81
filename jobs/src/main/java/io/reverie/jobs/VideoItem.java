package io.reverie.jobs;

import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.video.EncodeOptions;
import io.reverie.video.PtsRange;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * One video to dream.
 *
 * @param input where it comes from
 * @param output where the result goes
 * @param index of the input
 * @param range the part to dream
 * @param size of the output's frames
 * @param dreamSize of the largest octave
 * @param target what the frames become
 * @param segments that it is dreamed in
 * @param work a folder for segments, beside the output; of this run alone, since another may be
 *     making the same
 */
record VideoItem(
    InputVideo input,
    String output,
    VideoIndex index,
    PtsRange range,
    Size size,
    Size dreamSize,
    Target target,
    List<Segment> segments,
    String work)
    implements Serializable {

  /** Where a finished segment lies. */
  Path segmentFile(Segment segment) {
    return Path.of(work, "segment-%06d".formatted(segment.number()));
  }

  static EncodeOptions encodeOptions(PipelineSpec spec) {
    return new EncodeOptions(
        spec.video().codecName(),
        spec.video().qualityNumber(),
        spec.video().bitsPerSecond(),
        spec.video().pixelFormatName());
  }

  int frames() {
    return segments.stream().mapToInt(Segment::frames).sum();
  }
}
