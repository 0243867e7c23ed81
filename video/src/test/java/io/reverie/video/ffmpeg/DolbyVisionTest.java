package io.reverie.video.ffmpeg;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.video.FfmpegCli;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.VideoIndex;
import io.reverie.video.decode.VideoFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An HEVC video whose header says that it is Dolby Vision. */
class DolbyVisionTest {

  private static final int CONFIGURATION = 24;

  @TempDir private Path folder;

  /** Appends a configuration box to the sample entry of a clip and lengthens the boxes around. */
  private MediaSource clip(int profile, int compatibility) throws IOException {
    FfmpegCli.ffmpeg(
        folder,
        "-f lavfi -i testsrc2=size=96x64:rate=10:duration=0.4 -c:v libx265 -tag:v hvc1"
            + " -x265-params log-level=none -pix_fmt yuv420p10le hevc.mp4");
    byte[] mp4 = Files.readAllBytes(folder.resolve("hevc.mp4"));
    ByteBuffer box = ByteBuffer.allocate(8 + CONFIGURATION).putInt(8 + CONFIGURATION);
    box.put("dvcC".getBytes(ISO_8859_1)).put((byte) 1).put((byte) 0);
    // Profile in 7 bits, level in 6, then whether there are metadata, enhancement and base layers.
    box.putShort((short) (profile << 9 | 3 << 3 | 0b101)).put((byte) (compatibility << 4));
    String text = new String(mp4, ISO_8859_1);
    int entry = text.indexOf("hvc1", text.indexOf("stsd")) - 4;
    int end = entry + ByteBuffer.wrap(mp4).getInt(entry);
    for (String around : new String[] {"moov", "trak", "mdia", "minf", "stbl", "stsd", "hvc1"}) {
      int at = text.indexOf(around, text.indexOf("moov")) - 4;
      ByteBuffer.wrap(mp4).putInt(at, ByteBuffer.wrap(mp4).getInt(at) + box.capacity());
    }
    Path out = folder.resolve("dolby.mp4");
    Files.write(out, Arrays.copyOf(mp4, end));
    Files.write(out, box.array(), java.nio.file.StandardOpenOption.APPEND);
    Files.write(
        out, Arrays.copyOfRange(mp4, end, mp4.length), java.nio.file.StandardOpenOption.APPEND);
    return MediaSource.of(out);
  }

  @ParameterizedTest
  @CsvSource({"8, 1", "8, 4", "7, 6"})
  void aCompatibleBaseLayerIsReadAndTheRestIsKnown(int profile, int compatibility)
      throws IOException {
    VideoIndex index = new VideoFile(clip(profile, compatibility)).index();
    assertThat(index.count()).isEqualTo(4);
    assertThat(index.colour().hdr().dolbyVision()).isEqualTo(profile);
  }

  @ParameterizedTest
  @CsvSource({"5, 0", "10, 0"})
  void aBaseLayerWithOtherColoursIsRefusedWithARemedy(int profile, int compatibility)
      throws IOException {
    MediaSource clip = clip(profile, compatibility);
    assertThatThrownBy(() -> new VideoFile(clip).index())
        .isInstanceOf(MediaException.class)
        .hasMessageContaining(
            "dolby.mp4 is Dolby Vision of profile %d, whose base layer alone has wrong colours; convert it to HDR10 first",
            profile);
  }

  @Test
  void anOrdinaryVideoIsNone() throws IOException {
    clip(8, 1);
    VideoIndex index = new VideoFile(MediaSource.of(folder.resolve("hevc.mp4"))).index();
    assertThat(index.colour().hdr().dolbyVision()).isZero();
  }
}
