package io.reverie.video.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.video.AnimationBytes;
import io.reverie.video.Decoded;
import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.Rational;
import io.reverie.video.Size;
import io.reverie.video.TrackedSource;
import io.reverie.video.VideoIndex;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of every video source. */
class VideoSourceContractTest {

  private static final Path CLIP = Path.of("../video/src/test/media/clip.mp4");

  @TempDir private Path folder;

  /** The implementations. */
  enum Kind {
    VIDEO_FILE(VideoFile.class) {
      @Override
      List<MediaSource> media(Path folder) {
        return List.of(MediaSource.of(CLIP));
      }

      @Override
      VideoSource of(List<MediaSource> media) {
        return new VideoFile(media.get(0));
      }
    },
    FRAME_SEQUENCE(FrameSequence.class) {
      @Override
      List<MediaSource> media(Path folder) throws IOException {
        List<MediaSource> stills = new ArrayList<>();
        for (int n = 0; n < 9; n++) {
          float[] rgb = new float[32 * 18 * 3];
          Arrays.fill(rgb, 10 * n);
          float[] alpha = new float[32 * 18];
          Arrays.fill(alpha, 200 - n);
          Frame frame = new Frame(32, 18, rgb, Optional.of(alpha), n, false);
          Path file = folder.resolve(n + ".png");
          stills.add(MediaSource.of(Files.write(file, Stills.encode(frame, "x.png", 8, 90))));
        }
        return stills;
      }

      @Override
      VideoSource of(List<MediaSource> media) {
        return new FrameSequence(media.get(0).name(), media, new Rational(25, 2));
      }
    },
    ANIMATED_WEBP(AnimatedWebp.class) {
      @Override
      List<MediaSource> media(Path folder) throws IOException {
        byte[][] stills = new byte[9][];
        Arrays.setAll(stills, n -> AnimationBytes.webpStill(32, 18, 0x101010 * n));
        return List.of(
            MediaSource.of(
                Files.write(folder.resolve("a.webp"), AnimationBytes.webp(32, 18, 0, stills))));
      }

      @Override
      VideoSource of(List<MediaSource> media) {
        return new AnimatedWebp(media.get(0));
      }
    },
    PAGED_TIFF(MultiPageTiff.class) {
      @Override
      List<MediaSource> media(Path folder) throws IOException {
        byte[] pages = AnimationBytes.tiff(32, 18, new int[9]);
        return List.of(MediaSource.of(Files.write(folder.resolve("a.tif"), pages)));
      }

      @Override
      VideoSource of(List<MediaSource> media) {
        return new MultiPageTiff(media.get(0), new Rational(10, 1));
      }
    };

    private final Class<?> covered;

    Kind(Class<?> covered) {
      this.covered = covered;
    }

    abstract List<MediaSource> media(Path folder) throws IOException;

    abstract VideoSource of(List<MediaSource> media);
  }

  private VideoSource source(Kind kind) throws IOException {
    return kind.of(kind.media(folder));
  }

  private static List<Frame> read(FrameReader opened) {
    List<Frame> frames = new ArrayList<>();
    try (FrameReader reader = opened) {
      for (Optional<Frame> f = reader.next(); f.isPresent(); f = reader.next()) {
        frames.add(f.get());
      }
    }
    return frames;
  }

  private static List<Decoded> hashes(VideoSource source, VideoIndex index, PtsRange range) {
    return read(source.open(index, range, Optional.empty())).stream().map(Decoded::of).toList();
  }

  @Test
  void everySourceIsCovered() {
    assertThat(Stream.of(Kind.values()).<Class<?>>map(kind -> kind.covered))
        .containsExactlyInAnyOrder(VideoSource.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @EnumSource
  void theIndexAnnouncesExactlyTheFramesThatAreRead(Kind kind) throws IOException {
    VideoSource source = source(kind);
    VideoIndex index = source.index();
    List<Frame> frames = read(source.open(index, PtsRange.ALL, Optional.empty()));
    assertThat(frames)
        .hasSizeGreaterThan(8)
        .extracting(Frame::pts)
        .containsExactlyElementsOf(LongStream.of(index.times()).boxed().toList())
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(frames).extracting(f -> new Size(f.width(), f.height())).containsOnly(index.size());
    assertThat(frames).extracting(f -> f.alpha().isPresent()).containsOnly(index.alpha());
  }

  @ParameterizedTest
  @EnumSource
  void theIndexIsTheSameEachTime(Kind kind) throws IOException {
    VideoSource source = source(kind);
    assertThat(source.index()).usingRecursiveComparison().isEqualTo(source.index());
  }

  @ParameterizedTest
  @EnumSource
  void rangesReadTogetherEqualTheWhole(Kind kind) throws IOException {
    VideoSource source = source(kind);
    VideoIndex index = source.index();
    List<Decoded> whole = hashes(source, index, PtsRange.ALL);
    for (int cut = 1; cut < index.count(); cut += 3) {
      List<Decoded> both = new ArrayList<>(hashes(source, index, index.range(0, cut)));
      assertThat(both).hasSize(cut);
      both.addAll(hashes(source, index, index.range(cut, index.count())));
      assertThat(both).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRangeIsHalfOpen(Kind kind) throws IOException {
    VideoSource source = source(kind);
    VideoIndex index = source.index();
    long[] times = index.times();
    assertThat(hashes(source, index, new PtsRange(times[3], times[5])))
        .extracting(Decoded::pts)
        .containsExactly(times[3], times[4]);
    long last = times[times.length - 1];
    assertThat(hashes(source, index, new PtsRange(last + 1, Long.MAX_VALUE))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void framesHaveTheRequestedSize(Kind kind) throws IOException {
    VideoSource source = source(kind);
    VideoIndex index = source.index();
    for (Size size : List.of(new Size(16, 20), new Size(70, 40))) {
      List<Frame> frames = read(source.open(index, index.range(2, 5), Optional.of(size)));
      assertThat(frames).extracting(f -> new Size(f.width(), f.height())).hasSize(3);
      assertThat(frames).extracting(f -> new Size(f.width(), f.height())).containsOnly(size);
    }
  }

  @ParameterizedTest
  @EnumSource
  void readersOfOneSourceAreIndependent(Kind kind) throws IOException {
    VideoSource source = source(kind);
    VideoIndex index = source.index();
    List<Decoded> alone = hashes(source, index, PtsRange.ALL);
    try (FrameReader first = source.open(index, PtsRange.ALL, Optional.empty())) {
      assertThat(first.next().map(Decoded::of)).contains(alone.get(0));
      assertThat(hashes(source, index, PtsRange.ALL)).isEqualTo(alone);
      assertThat(first.next().map(Decoded::of)).contains(alone.get(1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void indexAndReadersLeaveNoFileOpen(Kind kind) throws IOException {
    List<TrackedSource> media = kind.media(folder).stream().map(TrackedSource::new).toList();
    VideoSource source = kind.of(List.copyOf(media));
    VideoIndex index = source.index();
    assertThat(channels(media)).isNotEmpty().noneMatch(SeekableByteChannel::isOpen);
    try (FrameReader reader = source.open(index, index.range(4, 8), Optional.empty())) {
      assertThat(reader.next()).isPresent();
    }
    assertThat(channels(media)).noneMatch(SeekableByteChannel::isOpen);
  }

  private static List<SeekableByteChannel> channels(List<TrackedSource> media) {
    return media.stream().flatMap(source -> source.opened().stream()).toList();
  }

  @ParameterizedTest
  @EnumSource
  void errorsHaveTheNameOfTheSource(Kind kind) {
    VideoSource missing = kind.of(List.of(MediaSource.of(folder.resolve("missing.png"))));
    assertThat(missing.name()).endsWith("missing.png");
    assertThatThrownBy(missing::index)
        .isInstanceOf(MediaException.class)
        .hasMessageContaining(missing.name());
  }
}
