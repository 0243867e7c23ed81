package io.reverie.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.video.decode.FrameSequence;
import io.reverie.video.decode.VideoFile;
import io.reverie.video.encode.EncodeOptions;
import io.reverie.video.encode.LosslessSegment;
import io.reverie.video.encode.OutputFormat;
import io.reverie.video.encode.SegmentWriter;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of every frame reader, on 12 frames that grow brighter. */
class FrameReaderContractTest {

  private static final Size SIZE = new Size(48, 32);
  private static final VideoIndex INDEX =
      VideoIndex.steady(new Rational(25, 1), 12, SIZE, 8, false);
  private static final SegmentFormat FORMAT = SegmentFormat.of(INDEX, SIZE);

  @TempDir private Path folder;

  /** The implementations; each reads the file or files that it has written. */
  enum Kind {
    VIDEO_FILE {
      @Override
      List<MediaSource> write(Path folder) {
        Path file = folder.resolve("frames.nut");
        OutputFormat format = OutputFormat.of("o.mkv", EncodeOptions.AUTOMATIC);
        return written(file, new SegmentWriter(file, format, FORMAT));
      }

      @Override
      FrameReader open(List<MediaSource> media) {
        VideoFile video = new VideoFile(media.get(0));
        return video.open(video.index(), PtsRange.ALL, Optional.empty());
      }
    },
    FRAME_SEQUENCE {
      @Override
      List<MediaSource> write(Path folder) throws IOException {
        List<MediaSource> stills = new ArrayList<>();
        for (Frame frame : frames()) {
          Path file = folder.resolve(frame.pts() + ".png");
          stills.add(MediaSource.of(Files.write(file, Stills.encode(frame, "x.png", 8, 90))));
        }
        return stills;
      }

      @Override
      FrameReader open(List<MediaSource> media) {
        return new FrameSequence("frames", media, INDEX.rate())
            .open(INDEX, PtsRange.ALL, Optional.empty());
      }
    },
    LOSSLESS_SEGMENT {
      @Override
      List<MediaSource> write(Path folder) {
        Path file = folder.resolve("frames.nut");
        return written(file, new LosslessSegment(FORMAT).writer(file));
      }

      @Override
      FrameReader open(List<MediaSource> media) {
        return new LosslessSegment(FORMAT).reader(media.get(0));
      }
    },
    ANIMATED_WEBP {
      @Override
      List<MediaSource> write(Path folder) throws IOException {
        // Each as bright as the frame of its number, on average.
        byte[][] stills = new byte[INDEX.count()][];
        Arrays.setAll(
            stills,
            n -> AnimationBytes.webpStill(SIZE.width(), SIZE.height(), 0x010101 * (44 + 12 * n)));
        byte[] webp = AnimationBytes.webp(SIZE.width(), SIZE.height(), 0, stills);
        return List.of(MediaSource.of(Files.write(folder.resolve("frames.webp"), webp)));
      }

      @Override
      FrameReader open(List<MediaSource> media) {
        VideoFile video = new VideoFile(media.get(0));
        return video.open(video.index(), PtsRange.ALL, Optional.empty());
      }
    };

    abstract List<MediaSource> write(Path folder) throws IOException;

    abstract FrameReader open(List<MediaSource> media);
  }

  private static List<MediaSource> written(Path file, FrameWriter opened) {
    try (FrameWriter writer = opened) {
      frames().forEach(writer::write);
      writer.finish();
    }
    return List.of(MediaSource.of(file));
  }

  private static List<Frame> frames() {
    List<Frame> frames = new ArrayList<>();
    for (int n = 0; n < INDEX.count(); n++) {
      float[] rgb = new float[SIZE.width() * SIZE.height() * 3];
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = 20 + 12 * n + i / 3 % SIZE.width();
      }
      frames.add(new Frame(SIZE.width(), SIZE.height(), rgb, Optional.empty(), n, false));
    }
    return frames;
  }

  private FrameReader open(Kind kind) throws IOException {
    return kind.open(kind.write(folder));
  }

  @ParameterizedTest
  @EnumSource
  void allFramesAreReadInTheOrderOfTheirTimes(Kind kind) throws IOException {
    try (FrameReader reader = open(kind)) {
      List<Frame> read = new ArrayList<>();
      for (Optional<Frame> f = reader.next(); f.isPresent(); f = reader.next()) {
        read.add(f.get());
      }
      assertThat(read).hasSize(INDEX.count());
      assertThat(read).extracting(Frame::pts).isSorted().doesNotHaveDuplicates();
      assertThat(read.stream().map(frame -> Math.round((mean(frame) - mean(frames().get(0))) / 12)))
          .containsExactlyElementsOf(LongStream.range(0, INDEX.count()).boxed().toList());
      assertThat(read).extracting(f -> new Size(f.width(), f.height())).containsOnly(SIZE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theEndIsFinal(Kind kind) throws IOException {
    try (FrameReader reader = open(kind)) {
      for (int i = 0; i < INDEX.count(); i++) {
        assertThat(reader.next()).isPresent();
      }
      for (int i = 0; i < 3; i++) {
        assertThat(reader.next()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFrameOutlivesTheNextOneAndTheReader(Kind kind) throws IOException {
    Frame first;
    float[] values;
    try (FrameReader reader = open(kind)) {
      first = reader.next().orElseThrow();
      values = first.rgb().clone();
      while (reader.next().isPresent()) {
        assertThat(first.rgb()).isEqualTo(values);
      }
    }
    assertThat(first.rgb()).isEqualTo(values);
  }

  @ParameterizedTest
  @EnumSource
  void closingBeforeTheEndClosesTheFiles(Kind kind) throws IOException {
    List<TrackedSource> media = kind.write(folder).stream().map(TrackedSource::new).toList();
    try (FrameReader reader = kind.open(List.copyOf(media))) {
      assertThat(reader.next()).isPresent();
    }
    assertThat(media.stream().flatMap(source -> source.opened().stream()))
        .isNotEmpty()
        .noneMatch(SeekableByteChannel::isOpen);
  }

  @ParameterizedTest
  @EnumSource
  void aReaderMayBeClosedTwice(Kind kind) throws IOException {
    FrameReader reader = open(kind);
    reader.next();
    reader.close();
    assertThatCode(reader::close).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatVanishedIsNamed(Kind kind) throws IOException {
    List<MediaSource> media = kind.write(folder);
    Files.delete(Path.of(media.get(0).name()));
    assertThatThrownBy(
            () -> {
              try (FrameReader reader = kind.open(media)) {
                reader.next();
              }
            })
        .isInstanceOf(MediaException.class)
        .hasMessageContaining(media.get(0).name());
  }

  private static double mean(Frame frame) {
    double sum = 0;
    for (float value : frame.rgb()) {
      sum += value;
    }
    return sum / frame.rgb().length;
  }
}
