package io.reverie.video;

import io.reverie.video.assemble.Assembler;
import io.reverie.video.decode.VideoFile;
import io.reverie.video.encode.EncodeOptions;
import io.reverie.video.encode.OutputFormat;
import io.reverie.video.encode.SegmentWriter;
import io.reverie.video.note.Note;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decodes a clip, encodes it in segments and assembles them, without dreaming. */
public record Rewriting(Path source, Path output, EncodeOptions options, int from, int to) {

  private static final int SEGMENTS = 3;

  public static AssemblyReport whole(Path source, Path output) {
    return new Rewriting(source, output, EncodeOptions.AUTOMATIC, 0, Integer.MAX_VALUE).run();
  }

  public static EncodeOptions as(String codec) {
    return new EncodeOptions(
        Optional.of(codec),
        EncodeOptions.AUTOMATIC.quality(),
        EncodeOptions.AUTOMATIC.bitrate(),
        EncodeOptions.AUTOMATIC.pixelFormat());
  }

  public AssemblyReport run() {
    return run(Optional.empty());
  }

  public AssemblyReport run(Optional<Note> note) {
    OutputFormat format = OutputFormat.of(output.getFileName().toString(), options);
    MediaSource media = MediaSource.of(source);
    VideoIndex index = new VideoFile(media).index();
    int end = Math.min(to, index.count());
    List<MediaSource> segments = new ArrayList<>();
    for (int i = 0; i < SEGMENTS; i++) {
      int begin = from + (end - from) * i / SEGMENTS;
      int until = from + (end - from) * (i + 1) / SEGMENTS;
      Path segment = output.resolveSibling(output.getFileName() + "." + i + ".nut");
      encode(media, index, index.range(begin, until), format, segment);
      segments.add(MediaSource.of(segment));
    }
    return new Assembler(index, index.range(from, end), format, note)
        .assemble(Optional.of(media), segments, output);
  }

  private static void encode(
      MediaSource media, VideoIndex index, PtsRange range, OutputFormat format, Path segment) {
    try (FrameReader reader = new VideoFile(media).open(index, range, Optional.empty());
        SegmentWriter writer =
            new SegmentWriter(segment, format, SegmentFormat.of(index, index.size()))) {
      for (Optional<Frame> f = reader.next(); f.isPresent(); f = reader.next()) {
        writer.write(f.get());
      }
      writer.finish();
    }
  }
}
