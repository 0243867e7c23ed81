package io.reverie.video.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.video.Decoded;
import io.reverie.video.FailingSource;
import io.reverie.video.FfmpegCli;
import io.reverie.video.Frame;
import io.reverie.video.Kind;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.VideoIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that are truncated, damaged or not videos. */
class DamagedVideoTest {

  @TempDir private Path folder;

  private static VideoIndex index(Path clip) {
    return new VideoFile(MediaSource.of(clip)).index();
  }

  private Path cut(Path clip, double share) throws IOException {
    byte[] bytes = Files.readAllBytes(clip);
    Path cut = folder.resolve("cut-" + clip.getFileName());
    return Files.write(cut, Arrays.copyOf(bytes, (int) (bytes.length * share)));
  }

  @ParameterizedTest
  @EnumSource(names = {"H264_OPEN_GOP", "H264_TRANSPORT_STREAM", "VP9", "MPEG4_AVI", "GIF"})
  void aTruncatedFileGivesItsRemainingFrames(Kind kind) throws IOException {
    Path cut = cut(kind.clip(folder), 0.6);

    VideoIndex index = index(cut);
    List<Decoded> whole = Decoded.of(cut, index, PtsRange.ALL);

    assertThat(index.count()).isBetween(8, 39);
    assertThat(whole).hasSizeBetween(index.count() - 1, index.count());
    assertThat(Decoded.split(cut, index, 0, 5, 9)).isEqualTo(whole);
  }

  @Test
  void aTruncatedMp4WithACompleteIndexGivesItsRemainingFrames() throws IOException {
    Path clip = Kind.H264_CLOSED_GOP.clip(folder);
    FfmpegCli.ffmpeg(folder, "-i " + clip.getFileName() + " -c copy -movflags +faststart fast.mp4");
    Path cut = cut(folder.resolve("fast.mp4"), 0.7);

    VideoIndex index = index(cut);

    assertThat(index.cutOff()).isTrue();
    assertThat(index.count()).isBetween(10, 39);
    assertThat(Decoded.of(cut, index, PtsRange.ALL)).hasSizeBetween(10, index.count());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void completeFilesAreNotTruncated(Kind kind) {
    assertThat(index(kind.clip(folder)).cutOff()).isFalse();
  }

  @Test
  void aFileThatStartsLateIsNotTruncated() {
    Path clip = Kind.H264_OPEN_GOP.clip(folder);
    FfmpegCli.ffmpeg(folder, "-i " + clip.getFileName() + " -c copy -output_ts_offset 5 late.mkv");

    assertThat(index(folder.resolve("late.mkv")).cutOff()).isFalse();
  }

  @Test
  void truncatedFilesAreDetected() throws IOException {
    assertThat(index(cut(Kind.H264_OPEN_GOP.clip(folder), 0.6)).cutOff()).isTrue();
    assertThat(index(cut(Kind.VP9.clip(folder), 0.6)).cutOff()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "H264_CLOSED_GOP",
        "H264_OPEN_GOP",
        "H264_TRANSPORT_STREAM",
        "HEVC",
        "VP9",
        "MPEG4_AVI",
        "MPEG2_TRANSPORT_STREAM"
      })
  void rangesOfDamagedFilesDecodeLikeTheWhole(Kind kind) throws IOException {
    for (int seed = 1; seed <= 3; seed++) {
      Path damaged = damaged(kind, 12, seed);

      VideoIndex index = index(damaged);
      List<Decoded> whole = Decoded.of(damaged, index, PtsRange.ALL);

      assertThat(whole).hasSizeGreaterThan(30);
      assertThat(Decoded.split(damaged, index, 0, 6, 9, 20)).as("%d", seed).isEqualTo(whole);
    }
  }

  private Path damaged(Kind kind, int wrong, int seed) throws IOException {
    byte[] bytes = Files.readAllBytes(kind.clip(folder));
    Random random = new Random(seed);
    for (int i = 0; i < wrong; i++) {
      bytes[bytes.length / 3 + random.nextInt(bytes.length / 3)] ^= 0x55;
    }
    return Files.write(folder.resolve("damaged-" + kind + seed), bytes);
  }

  @Test
  void damagedFramesAreMarked() throws IOException {
    Path damaged = damaged(Kind.H264_TRANSPORT_STREAM, 60, 5);

    assertThat(Decoded.frames(damaged).stream().filter(Frame::corrupt).count()).isPositive();
  }

  @Test
  void aTextFileIsRejected() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.mp4"), "Not a video.\n".repeat(200));

    assertThatThrownBy(() -> index(text))
        .isInstanceOf(MediaException.class)
        .hasMessageMatching("\\S+notes.mp4 is not a video that FFmpeg can read: Invalid data.*");
  }

  @Test
  void anEmptyFileIsRejected() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.mkv"));

    assertThatThrownBy(() -> index(empty))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("empty.mkv");
  }

  @Test
  void anMp4WithoutItsIndexIsRejected() throws IOException {
    Path cut = cut(Kind.H264_CLOSED_GOP.clip(folder), 0.8);

    assertThatThrownBy(() -> index(cut))
        .isInstanceOf(MediaException.class)
        .hasMessageEndingWith(
            "cut-H264_CLOSED_GOP.mp4 is truncated: its index (moov) is missing;"
                + " copy or download it again");
  }

  @Test
  void anAudioFileIsRejected() {
    FfmpegCli.ffmpeg(folder, "-f lavfi -i sine=duration=1 sound.wav");

    assertThatThrownBy(() -> index(folder.resolve("sound.wav")))
        .isInstanceOf(MediaException.class)
        .hasMessageEndingWith("sound.wav has no readable video stream");
  }

  @Test
  void aMissingFileIsReported() {
    assertThatThrownBy(() -> index(folder.resolve("nowhere.mp4")))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("nowhere.mp4");
  }

  @Test
  void filesNamedInAPlaylistAreNotOpened() throws IOException {
    // FFmpeg accepts only names below the working directory.
    Path named = Path.of("target", "named-by-a-list.ts");
    Files.createDirectories(named.getParent());
    Files.copy(Kind.H264_TRANSPORT_STREAM.clip(folder), named, StandardCopyOption.REPLACE_EXISTING);
    Path playlist =
        Files.writeString(
            folder.resolve("list.mp4"), "ffconcat version 1.0\nfile %s\n".formatted(named));

    try {
      assertThatThrownBy(() -> index(playlist)).isInstanceOf(MediaException.class);
    } finally {
      Files.delete(named);
    }
  }

  @Test
  void aFailedReadIsNotTheEndOfTheFile() throws IOException {
    Path clip = Kind.H264_TRANSPORT_STREAM.clip(folder);
    MediaSource failing = new FailingSource(MediaSource.of(clip), Files.size(clip) / 2);

    assertThatThrownBy(() -> new VideoFile(failing).index())
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("the line was cut");
  }
}
