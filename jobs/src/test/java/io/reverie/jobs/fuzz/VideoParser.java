package io.reverie.jobs.fuzz;

import io.reverie.video.FrameReader;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.Rational;
import io.reverie.video.SegmentFormat;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.assemble.Assembler;
import io.reverie.video.decode.VideoFile;
import io.reverie.video.encode.EncodeOptions;
import io.reverie.video.encode.OutputFormat;
import io.reverie.video.encode.SegmentWriter;
import io.reverie.video.note.Note;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads a video's index, and the first frames from its start and from its middle. */
final class VideoParser implements Parser {

  private static final int FRAMES = 5;
  private static final int DECODED = 3;
  private static final Rational RATE = new Rational(10, 1);
  private static final Map<String, String> CODECS =
      Map.of(
          "mp4", "h264", "mov", "prores", "mkv", "ffv1", "webm", "vp9", "avi", "mpeg4", "ts",
          "h264", "gif", "gif");

  /** Animations, whose codec follows from the extension. */
  private static final List<String> ANIMATIONS = List.of("webp", "apng");

  @Override
  public void read(byte[] input, Room room) {
    VideoFile video = new VideoFile(new MemorySource("x", Checksums.mended(input)));
    VideoIndex index = video.index();
    decode(video, index, PtsRange.ALL);
    decode(video, index, index.range(index.count() / 2, index.count()));
  }

  private static void decode(VideoFile video, VideoIndex index, PtsRange range) {
    try (FrameReader reader = video.open(index, range, Optional.of(new Size(16, 16)))) {
      int decoded = 0;
      while (decoded < DECODED && reader.next().isPresent()) {
        decoded++;
      }
    }
  }

  @Override
  public List<byte[]> seeds(Room room) throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (String extension : CODECS.keySet().stream().sorted().toList()) {
      seeds.add(Files.readAllBytes(film(extension, Optional.empty(), room)));
    }
    for (String extension : ANIMATIONS) {
      seeds.add(Files.readAllBytes(film(extension, Optional.empty(), room)));
    }
    return seeds;
  }

  /** A video of a few frames. */
  static Path film(String extension, Optional<Note> note, Room room) {
    Size size = new Size(24, 18);
    EncodeOptions options =
        new EncodeOptions(
            Optional.ofNullable(CODECS.get(extension)),
            OptionalInt.empty(),
            OptionalLong.empty(),
            Optional.empty());
    Path output = room.in().resolve("film." + extension);
    OutputFormat format = OutputFormat.of(output.getFileName().toString(), options);
    VideoIndex index = VideoIndex.steady(RATE, FRAMES, size, 8, false);
    Path segment = room.in().resolve("segment.nut");
    try (SegmentWriter writer = new SegmentWriter(segment, format, SegmentFormat.of(index, size))) {
      for (int i = 0; i < FRAMES; i++) {
        writer.write(StillsParser.picture(false).at(i));
      }
      writer.finish();
    }
    new Assembler(index, PtsRange.ALL, format, note)
        .assemble(Optional.empty(), List.of(MediaSource.of(segment)), output);
    return output;
  }

  @Override
  public List<String> words() {
    return List.of(
        "moov",
        "trak",
        "mdia",
        "stts",
        "ctts",
        "stsc",
        "stsz",
        "stco",
        "co64",
        "stss",
        "edts",
        "elst",
        "mdat",
        "moof",
        "trun",
        "tfhd",
        "sidx",
        "avcC",
        "hvcC",
        "tkhd",
        "udta",
        "meta",
        "RIFF",
        "LIST",
        "idx1",
        "strh",
        "strf",
        "NETSCAPE2.0",
        "#EXTM3U\n",
        "ffconcat version 1.0\nfile x\n",
        "\u001aE\u00df\u00a3",
        "G@\u0000\u0010",
        "nut/multimedia container\0",
        "OggS",
        "FLV\u0001");
  }
}
