package io.reverie.video.encode;

import io.reverie.video.AssemblyReport;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.Rational;
import io.reverie.video.VideoIndex;
import io.reverie.video.check.OutputCheck;
import io.reverie.video.decode.UprightFrames;
import io.reverie.video.ffmpeg.FrameFilter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Assembles an animated GIF, WebP or APNG from lossless segments, without sound.
 *
 * @param index of the source
 * @param cuts first times of shots, in the source's time base
 */
public record AnimationAssembler(VideoIndex index, OutputFormat format, List<Long> cuts) {

  private static final Rational HUNDREDTH = new Rational(1, 100);
  private static final Rational MILLISECOND = new Rational(1, 1000);

  /** Browsers and FFmpeg show a GIF's picture of less than 0.02 s for 0.1 s. */
  private static final int SHORTEST_IN_GIF = 2;

  public AnimationAssembler {
    cuts = List.copyOf(cuts);
  }

  /**
   * Writes the output and checks it.
   *
   * @param segments in the order of their times
   * @param output a local file; overwritten
   */
  public AssemblyReport assemble(List<MediaSource> segments, Path output) {
    List<String> warnings = new ArrayList<>();
    SegmentFrames files = SegmentFrames.of(segments);
    int shortest = format.codec() == VideoCodec.GIF ? SHORTEST_IN_GIF : 1;
    List<AnimationFrame> frames = AnimationFrame.plan(index, files.indexes(), unit(), shortest);
    if (frames.isEmpty()) {
      throw new MediaException(output + ": there are no frames to assemble");
    }
    List<AnimationFrame> shown = frames.stream().filter(AnimationFrame::isShown).toList();
    if (shown.size() < frames.size()) {
      warnings.add(
          "a .%s file cannot show a picture for less than %s s; %d of %d pictures were left out"
              .formatted(
                  format.container(),
                  shortest * unit().toDouble(),
                  frames.size() - shown.size(),
                  frames.size()));
    }
    write(files, frames, shown, output, warnings);
    AnimationFrame last = shown.get(shown.size() - 1);
    double seconds = last.start() * unit().toDouble();
    new OutputCheck(shown.size(), seconds, 1, last.duration() * unit().toDouble()).run(output);
    return new AssemblyReport(shown.size(), warnings);
  }

  /** Returns the unit of the output's times; APNG can store that of the source. */
  private Rational unit() {
    return switch (format.codec()) {
      case GIF -> HUNDREDTH;
      case WEBP -> MILLISECOND;
      default -> index.timeBase();
    };
  }

  private void write(
      SegmentFrames files,
      List<AnimationFrame> frames,
      List<AnimationFrame> shown,
      Path output,
      List<String> warnings) {
    boolean palette = format.codec() == VideoCodec.GIF;
    try (ShotPalettes palettes = new ShotPalettes(cuts);
        AnimationWriter writer = new AnimationWriter(output, format, index, unit(), shown)) {
      if (palette) {
        palettes.compute(files, frames);
      }
      PixelConversion conversion =
          palette
              ? new PixelConversion(palettes::sameShot, palettes::apply, writer)
              : new PixelConversion((a, b) -> true, this::asCoded, writer);
      try (conversion) {
        files.forEach(
            (frame, number) -> {
              if (frames.get(number).isShown()) {
                conversion.put(frame, files.timeBase(), frames.get(number).pts());
              }
            });
        conversion.end();
      }
      writer.finish();
      if (palette && conversion.metPartlyTransparent()) {
        warnings.add(
            "GIF has no partial transparency: pixels of less than half opacity became transparent, others opaque");
      }
    }
  }

  private FrameFilter asCoded(int part, AVFrame like, Rational timeBase) {
    String pixels = format.pixelFormat(index.bitDepth(), index.alpha());
    return new FrameFilter(
        like, timeBase, "scale=%s,format=%s".formatted(UprightFrames.SCALER, pixels));
  }
}
