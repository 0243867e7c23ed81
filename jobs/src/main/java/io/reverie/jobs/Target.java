package io.reverie.jobs;

import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.video.Assembler;
import io.reverie.video.AssemblyReport;
import io.reverie.video.FramePattern;
import io.reverie.video.FrameWriter;
import io.reverie.video.MediaException;
import io.reverie.video.OutputFormat;
import io.reverie.video.SegmentFormat;
import io.reverie.video.SegmentWriter;
import io.reverie.video.StillsWriter;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the dreamed frames of a video become. */
sealed interface Target extends Serializable {

  /** Tells by the output's name. */
  static Target of(String output, PipelineSpec spec) {
    if (FramePattern.isPattern(output)) {
      if (!io.reverie.video.Stills.supports(output)) {
        throw UserException.usage(
            "%s: numbered frames are written as .png, .jpg, .webp or .tif".formatted(output));
      }
      return new Stills(new FramePattern(output), spec.images().quality());
    }
    try {
      return new Video(output, OutputFormat.of(output, VideoItem.encodeOptions(spec)));
    } catch (MediaException e) {
      throw UserException.usage(e.getMessage(), e);
    }
  }

  /** Whether a complete result is there. */
  boolean exists();

  /** An empty place in a folder for one segment's frames. */
  Path newPart(Path folder) throws IOException;

  /** Writes a segment's frames to such a place. */
  FrameWriter writer(Path part, VideoItem item);

  /** Makes the result out of the finished segments, in their order. */
  AssemblyReport publish(VideoItem item, List<Path> segments) throws IOException;

  /** A video file. */
  record Video(String output, OutputFormat format) implements Target {

    @Override
    public boolean exists() {
      return Files.exists(Path.of(output));
    }

    @Override
    public Path newPart(Path folder) throws IOException {
      return Files.createTempFile(folder, ".segment", ".part");
    }

    @Override
    public FrameWriter writer(Path part, VideoItem item) {
      return new SegmentWriter(part, format, SegmentFormat.of(item.index(), item.size()));
    }

    @Override
    public AssemblyReport publish(VideoItem item, List<Path> segments) throws IOException {
      AssemblyReport report =
          Publishing.atomically(
              Path.of(output),
              part ->
                  new Assembler(item.index(), item.range(), format)
                      .assemble(item.input().media(), segments, part));
      List<String> warnings =
          new ArrayList<>(format.losses(SegmentFormat.of(item.index(), item.size())));
      warnings.addAll(report.warnings());
      return new AssemblyReport(report.frames(), warnings);
    }
  }

  /** Numbered frames, from 1 on. They hold no sound. */
  record Stills(FramePattern pattern, int quality) implements Target {

    @Override
    public boolean exists() {
      return Files.exists(pattern.file(1));
    }

    @Override
    public Path newPart(Path folder) throws IOException {
      return Files.createTempDirectory(folder, ".segment");
    }

    @Override
    public FrameWriter writer(Path part, VideoItem item) {
      int first = item.index().first(item.range().from());
      return new StillsWriter(part, pattern, item.index(), first, quality);
    }

    @Override
    public AssemblyReport publish(VideoItem item, List<Path> segments) throws IOException {
      Path folder = pattern.file(1).toAbsolutePath().getParent();
      Files.createDirectories(folder);
      long frames = 0;
      // From the last to the first, whose presence says that all are there.
      for (int i = segments.size() - 1; i >= 0; i--) {
        try (Stream<Path> stills = Files.list(segments.get(i))) {
          for (Path still : stills.sorted(java.util.Comparator.reverseOrder()).toList()) {
            Publishing.move(still, folder.resolve(still.getFileName()));
            frames++;
          }
        }
      }
      return new AssemblyReport(frames, List.of());
    }
  }
}
