package io.reverie.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.decode.VideoFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks the index of videos of every kind. */
class VideoIndexTest {

  @TempDir private static Path folder;

  @BeforeAll
  static void needFfmpeg() {
    FfmpegCli.assumeInstalled();
  }

  private static VideoIndex index(Path clip) {
    return new VideoFile(MediaSource.of(clip)).index();
  }

  private static VideoIndex index(Kind kind) {
    return index(kind.clip(folder));
  }

  private static List<Long> times(VideoIndex index) {
    return LongStream.of(index.times()).boxed().toList();
  }

  @ParameterizedTest
  @CsvSource({
    "H264_CLOSED_GOP, h264, 160x90, 8, false, false",
    "HDR10, hevc, 160x90, 10, false, false",
    "VP9_ALPHA, vp9, 160x90, 8, true, false",
    "PRORES, prores, 160x90, 10, false, false",
    "PRORES_ALPHA, prores, 160x90, 12, true, false",
    "GIF, gif, 160x90, 8, false, false",
    "ODD_SIZE, ffv1, 161x91, 8, false, false",
    "WIDE_PIXELS, h264, 213x90, 8, false, false",
    "TALL_PIXELS, h264, 160x101, 8, false, false",
    "INTERLACED_MPEG2, mpeg2video, 160x90, 8, false, true",
    "INTERLACED_H264, h264, 160x96, 8, false, true"
  })
  void theIndexDescribesTheFrames(
      Kind kind, String codec, String size, int depth, boolean alpha, boolean interlaced) {
    VideoIndex index = index(kind);

    assertThat(index.codec()).isEqualTo(codec);
    assertThat(index.size()).hasToString(size);
    assertThat(index.bitDepth()).isEqualTo(depth);
    assertThat(index.alpha()).isEqualTo(alpha);
    assertThat(index.interlaced()).isEqualTo(interlaced);
    assertThat(index.rate().toDouble()).isEqualTo(20);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "INTERLACED_MPEG2")
  void onlyInterlacedVideosAreInterlaced(Kind kind) {
    assertThat(index(kind).interlaced()).isEqualTo(kind.interlaced());
  }

  @Test
  void theRateIsEstimatedIfTheFileHasNone() {
    FfmpegCli.ffmpeg(folder, Kind.PICTURES + "-c:v libvpx-vp9 -deadline realtime bare.ivf");
    FfmpegCli.ffmpeg(
        folder, Kind.PICTURES + "-vf scale=720:576 -r 25 -pix_fmt yuv420p -t 1 tape.dv");

    assertThat(index(folder.resolve("bare.ivf")).rate().toDouble()).isEqualTo(20);
    assertThat(index(folder.resolve("tape.dv")).rate().toDouble()).isEqualTo(25);
  }

  @Test
  void theIndexContainsTheColourProperties() {
    Colour hdr = index(Kind.HDR10).colour();

    assertThat(List.of(hdr.primaries(), hdr.transfer(), hdr.matrix())).containsExactly(9, 16, 9);
    assertThat(hdr.range()).isEqualTo(1);
    assertThat(index(Kind.H264_FULL_RANGE).colour().range()).isEqualTo(2);
  }

  @Test
  void framesHiddenByAnEditListAreSkipped() {
    Path clip = Kind.H264_OPEN_GOP.clip(folder);
    FfmpegCli.ffmpeg(folder, "-ss 0.85 -i " + clip.getFileName() + " -c copy edited.mp4");
    Path edited = folder.resolve("edited.mp4");

    VideoIndex index = index(edited);

    assertThat(times(index)).isEqualTo(FfmpegCli.times(edited)).hasSizeBetween(15, 25);
    List<Decoded> whole = Decoded.of(edited, index, PtsRange.ALL);
    assertThat(Decoded.split(edited, index, 0, 3, 11)).isEqualTo(whole);
  }

  @Test
  void undecodableLeadingFramesAreSkipped() throws IOException {
    byte[] bytes = Files.readAllBytes(Kind.MPEG2_TRANSPORT_STREAM.clip(folder));
    int from = bytes.length / 188 / 4 * 188;
    Path late = folder.resolve("late.ts");
    Files.write(late, Arrays.copyOfRange(bytes, from, bytes.length));

    VideoIndex index = index(late);

    assertThat(Decoded.of(late, index, PtsRange.ALL))
        .extracting(Decoded::pts)
        .containsExactlyElementsOf(times(index))
        .hasSizeGreaterThan(10);
  }

  @Test
  void aCoverImageIsNotTheVideo() {
    FfmpegCli.ffmpeg(folder, "-f lavfi -i testsrc=size=640x360 -frames:v 1 cover.png");
    Path clip = Kind.H264_CLOSED_GOP.clip(folder);
    FfmpegCli.ffmpeg(
        folder,
        "-i cover.png -i %s -map 0 -map 1 -c copy -disposition:v:0 attached_pic covered.mp4"
            .formatted(clip.getFileName()));

    VideoIndex index = index(folder.resolve("covered.mp4"));

    assertThat(index.codec()).isEqualTo("h264");
    assertThat(index.count()).isEqualTo(40);
  }

  @Test
  void framesAreFoundByTheirTimes() {
    VideoIndex index = index(Kind.VARIABLE_RATE);

    PtsRange middle = index.range(5, 9);

    assertThat(index.range(0, index.count())).isEqualTo(PtsRange.ALL);
    assertThat(middle).isEqualTo(new PtsRange(index.times()[5], index.times()[9]));
    assertThat(index.count(middle)).isEqualTo(4);
    assertThat(index.count(PtsRange.ALL)).isEqualTo(index.count());
    assertThat(index.first(index.times()[5] + 1)).isEqualTo(6);
    assertThat(index.first(Long.MAX_VALUE)).isEqualTo(index.count());
    assertThat(index.first(index.at(0.15))).isEqualTo(1);
  }

  @Test
  void theIndexIsSerializable() throws IOException, ClassNotFoundException {
    VideoIndex index = index(Kind.HDR10);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(index);
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      VideoIndex there = (VideoIndex) in.readObject();
      assertThat(there.times()).isEqualTo(index.times());
      assertThat(there.entries()).isEqualTo(index.entries());
      assertThat(there.colour()).isEqualTo(index.colour());
    }
  }
}
