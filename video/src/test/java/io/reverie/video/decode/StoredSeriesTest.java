package io.reverie.video.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.AnimationBytes;
import io.reverie.video.Decoded;
import io.reverie.video.FfmpegCli;
import io.reverie.video.Frame;
import io.reverie.video.MediaSource;
import io.reverie.video.VideoIndex;
import io.reverie.video.header.Pictures;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several pictures in files whose names are those of stills. */
class StoredSeriesTest {

  private static final int RED = 0xFF0000;
  private static final int GREEN = 0x00FF00;
  private static final int BLUE = 0x0000FF;

  @TempDir private Path folder;

  private static int colour(Frame frame) {
    float[] rgb = frame.rgb();
    return Math.round(rgb[0]) << 16 | Math.round(rgb[1]) << 8 | Math.round(rgb[2]);
  }

  /** The default image is for programs that know no animation. */
  @ParameterizedTest
  @ValueSource(ints = {-1, RED})
  void aHiddenDefaultImageOfAPngIsNoFrame(int hidden) throws IOException {
    Path png =
        Files.write(folder.resolve("a.png"), AnimationBytes.apng(8, 6, hidden, GREEN, BLUE, GREEN));
    List<Frame> frames = Decoded.frames(png);
    assertThat(frames).extracting(StoredSeriesTest::colour).containsExactly(GREEN, BLUE, GREEN);
    VideoIndex index = new VideoFile(MediaSource.of(png)).index();
    for (int i = 0; i < 3; i++) {
      assertThat(index.duration(i) * index.timeBase().toDouble()).isEqualTo(0.1);
    }
    // As in browsers, the still is the first frame.
    assertThat(colour(Stills.read(MediaSource.of(png)).frame())).isEqualTo(GREEN);
  }

  @Test
  void anAvifSequenceIsAVideoAndItsFramesAreCounted() throws IOException {
    FfmpegCli.ffmpeg(
        folder,
        "-f lavfi -i testsrc2=size=96x64:rate=10:duration=0.6 -c:v libaom-av1 -cpu-used 8 -f avif"
            + " a.avif");
    Path avif = folder.resolve("a.avif");
    assertThat(Decoded.frames(avif)).hasSize(6);
    try (SeekableByteChannel channel = Files.newByteChannel(avif)) {
      assertThat(Pictures.of(channel).orElseThrow().count()).isEqualTo(6);
    }
    FfmpegCli.ffmpeg(
        folder,
        "-f lavfi -i testsrc2=size=96x64 -frames:v 1 -c:v libaom-av1 -still-picture 1 b.avif");
    try (SeekableByteChannel channel = Files.newByteChannel(folder.resolve("b.avif"))) {
      assertThat(Pictures.of(channel).orElseThrow().count()).isEqualTo(1);
    }
  }
}
