package io.reverie.video.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reverie.video.Decoded;
import io.reverie.video.FfmpegCli;
import io.reverie.video.Frame;
import io.reverie.video.Kind;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.VideoIndex;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads every kind of video: the index, ranges, and pixels. */
class VideoReaderTest {

  @TempDir private static Path folder;

  @BeforeAll
  static void needFfmpeg() {
    FfmpegCli.assumeInstalled();
  }

  private static VideoIndex index(Path clip) {
    return new VideoFile(MediaSource.of(clip)).index();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void theIndexContainsTheFramesOfFfprobe(Kind kind) {
    Path clip = kind.clip(folder);

    VideoIndex index = index(clip);

    if (kind.untimed()) {
      assertThat(index.times()).hasSize(40).startsWith(0);
    } else {
      assertThat(LongStream.of(index.times()).boxed().toList())
          .isEqualTo(FfmpegCli.times(clip))
          .hasSizeGreaterThan(20);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void rangesDecodeExactlyLikeTheWhole(Kind kind) {
    Path clip = kind.clip(folder);
    VideoIndex index = index(clip);

    List<Decoded> whole = Decoded.of(clip, index, PtsRange.ALL);

    assertThat(whole).extracting(Decoded::pts).containsExactly(boxed(index.times()));
    assertThat(new HashSet<>(whole)).hasSameSizeAs(whole);
    assertThat(Decoded.split(clip, index, 0, 7, 14, 15, 25)).isEqualTo(whole);
  }

  private static Long[] boxed(long[] times) {
    return LongStream.of(times).boxed().toArray(Long[]::new);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"H264_INTRA_REFRESH", "GIF", "RAW_H264", "H264_AVI"})
  void decodingStartsAtTheNearestEntryPoint(Kind kind) {
    Path clip = kind.clip(folder);
    VideoIndex index = index(clip);
    PtsRange last = index.range(index.count() - 2, index.count());

    try (VideoReader reader =
        new VideoReader(MediaSource.of(clip), index, last, Optional.empty())) {
      assertThat(reader.next()).isPresent();
      assertThat(reader.next()).isPresent();
      assertThat(reader.next()).isEmpty();
      assertThat(reader.fromStart()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void framesEqualThoseOfFfmpeg(Kind kind) {
    Path clip = kind.clip(folder);
    VideoIndex index = index(clip);
    String scale = "scale=%d:%d".formatted(index.size().width(), index.size().height());
    byte[] expected =
        FfmpegCli.raw(
            clip,
            kind.decoder(),
            (kind.interlaced() ? "bwdif=mode=send_frame:deint=all," : "") + scale,
            index.alpha() ? "rgba" : "rgb24");

    List<Frame> frames = Decoded.frames(clip);

    int pixels = index.size().width() * index.size().height() * (index.alpha() ? 4 : 3);
    assertThat(expected).hasSize(pixels * frames.size());
    for (int i = 0; i < frames.size(); i++) {
      assertThat(difference(frames.get(i), expected, i * pixels))
          .as("%s, frame %d", kind, i)
          .isCloseTo(0, within(1.0));
    }
  }

  @Test
  void deepColoursKeepTheirFractions() {
    Path clip = Kind.HDR10.clip(folder);
    byte[] expected = FfmpegCli.raw(clip, "", "", "rgb48le");

    Frame frame = Decoded.frames(clip).get(0);

    double sum = 0;
    for (int i = 0; i < frame.rgb().length; i++) {
      int value = (expected[i * 2] & 0xff) | (expected[i * 2 + 1] & 0xff) << 8;
      sum += Math.abs(frame.rgb()[i] - value / 257.0);
    }
    assertThat(sum / frame.rgb().length).isLessThan(0.1);
    assertThat(IntStream.range(0, frame.rgb().length).mapToDouble(i -> frame.rgb()[i] % 1))
        .anyMatch(fraction -> fraction != 0);
  }

  private static double difference(Frame frame, byte[] expected, int from) {
    int channels = frame.alpha().isPresent() ? 4 : 3;
    double sum = 0;
    int count = frame.width() * frame.height();
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < channels; c++) {
        float value = c < 3 ? frame.rgb()[i * 3 + c] : frame.alpha().orElseThrow()[i];
        sum += Math.abs(value - (expected[from + i * channels + c] & 0xff));
      }
    }
    return sum / (count * channels);
  }
}
