package io.reverie.video.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.video.Frame;
import io.reverie.video.FramePattern;
import io.reverie.video.FrameReader;
import io.reverie.video.FrameWriter;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.Rational;
import io.reverie.video.SegmentFormat;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.decode.VideoFile;
import io.reverie.video.still.StillOptions;
import io.reverie.video.still.Stills;
import io.reverie.video.still.Subsampling;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of every frame writer. */
class FrameWriterContractTest {

  private static final Size SIZE = new Size(48, 32);
  private static final Rational RATE = new Rational(25, 1);
  private static final VideoIndex INDEX = VideoIndex.steady(RATE, 6, SIZE, 8, false);
  private static final SegmentFormat FORMAT = SegmentFormat.of(INDEX, SIZE);
  private static final LosslessSegment LOSSLESS = new LosslessSegment(FORMAT);

  @TempDir private Path folder;

  /** The implementations, each with a way to read its files. */
  enum Kind {
    SEGMENT {
      @Override
      FrameWriter open(Path file) {
        return new SegmentWriter(file, OutputFormat.of("o.mp4", EncodeOptions.AUTOMATIC), FORMAT);
      }

      @Override
      List<Frame> read(Path file) {
        VideoFile video = new VideoFile(MediaSource.of(file));
        return all(video.open(video.index(), PtsRange.ALL, Optional.empty()));
      }
    },
    LOSSLESS_SEGMENT {
      @Override
      FrameWriter open(Path file) {
        return LOSSLESS.writer(file);
      }

      @Override
      List<Frame> read(Path file) {
        return all(LOSSLESS.reader(MediaSource.of(file)));
      }
    },
    STILLS {
      @Override
      FrameWriter open(Path file) {
        return new StillsWriter(
            file,
            new FramePattern("f%03d.png"),
            INDEX,
            0,
            new StillOptions(90, Subsampling.YUV444));
      }

      @Override
      List<Frame> read(Path file) throws IOException {
        List<Frame> frames = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file);
            ZipInputStream zip = new ZipInputStream(in)) {
          for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            Path still = file.resolveSibling(entry.getName());
            Files.write(still, zip.readAllBytes());
            frames.add(Stills.read(MediaSource.of(still)).frame().at(frames.size()));
          }
        }
        return frames;
      }
    };

    abstract FrameWriter open(Path file);

    abstract List<Frame> read(Path file) throws IOException;
  }

  private static List<Frame> all(FrameReader opened) {
    List<Frame> frames = new ArrayList<>();
    try (FrameReader reader = opened) {
      for (Optional<Frame> f = reader.next(); f.isPresent(); f = reader.next()) {
        frames.add(f.get());
      }
    }
    return frames;
  }

  @ParameterizedTest
  @EnumSource
  void framesAreReadBackInOrder(Kind kind) throws IOException {
    Path file = folder.resolve("frames");
    try (FrameWriter writer = kind.open(file)) {
      frames().forEach(writer::write);
      writer.finish();
    }
    List<Frame> back = kind.read(file);
    assertThat(back).hasSameSizeAs(frames());
    for (int i = 0; i < back.size(); i++) {
      assertThat(back.get(i).width()).isEqualTo(SIZE.width());
      assertThat(back.get(i).height()).isEqualTo(SIZE.height());
      assertThat(meanDifference(back.get(i), frames().get(i))).as("frame %d", i).isLessThan(4);
    }
    assertThat(back).extracting(Frame::pts).isSorted().doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void aWriterMayBeClosedWithoutBeingFinished(Kind kind) throws IOException {
    Path file = folder.resolve("unfinished");
    try (FrameWriter writer = kind.open(file)) {
      writer.write(frames().get(0));
    }
    Files.delete(file);
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void anExistingFileIsOverwritten(Kind kind) throws IOException {
    Path file = Files.write(folder.resolve("old"), new byte[1 << 20]);
    try (FrameWriter writer = kind.open(file)) {
      frames().forEach(writer::write);
      writer.finish();
    }
    assertThat(kind.read(file)).hasSameSizeAs(frames());
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatCannotBeCreatedIsNamed(Kind kind) {
    Path file = folder.resolve("missing").resolve("frames");
    assertThatThrownBy(() -> kind.open(file))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining(file.toString());
  }

  /** Smooth gradients, brighter in each frame. */
  private static List<Frame> frames() {
    List<Frame> frames = new ArrayList<>();
    for (int n = 0; n < INDEX.count(); n++) {
      float[] rgb = new float[SIZE.width() * SIZE.height() * 3];
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = 30 + 20 * n + i / 3 % SIZE.width();
      }
      frames.add(new Frame(SIZE.width(), SIZE.height(), rgb, Optional.empty(), n, false));
    }
    return frames;
  }

  private static double meanDifference(Frame a, Frame b) {
    double sum = 0;
    for (int i = 0; i < a.rgb().length; i++) {
      sum += Math.abs(a.rgb()[i] - b.rgb()[i]);
    }
    return sum / a.rgb().length;
  }
}
