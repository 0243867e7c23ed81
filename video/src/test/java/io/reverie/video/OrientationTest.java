package io.reverie.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.decode.VideoFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The eight orientations of a phone. */
class OrientationTest {

  private static final int ONE = 1 << 16;

  @TempDir private Path folder;

  /** Returns a clip with the display matrix x' = a x + c y, y' = b x + d y. */
  private Path turned(int a, int b, int c, int d) throws IOException {
    byte[] bytes = Files.readAllBytes(Kind.H264_CLOSED_GOP.clip(folder));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    ByteBuffer matrix = ByteBuffer.wrap(bytes).position(text.indexOf("tkhd") + 44);
    matrix.putInt(a * ONE).putInt(b * ONE).putInt(0).putInt(c * ONE).putInt(d * ONE).putInt(0);
    return Files.write(folder.resolve("turned.mp4"), bytes);
  }

  private static Frame first(Path clip) {
    VideoFile file = new VideoFile(MediaSource.of(clip));
    try (FrameReader reader = file.open(file.index(), PtsRange.ALL, Optional.empty())) {
      return reader.next().orElseThrow();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,0,0,1",
    "-1,0,0,1",
    "1,0,0,-1",
    "-1,0,0,-1",
    "0,1,-1,0",
    "0,-1,1,0",
    "0,1,1,0",
    "0,-1,-1,0"
  })
  void framesAreTurnedByTheirDisplayMatrix(int a, int b, int c, int d) throws IOException {
    Frame stored = first(Kind.H264_CLOSED_GOP.clip(folder));
    Path clip = turned(a, b, c, d);

    Frame upright = first(clip);

    int width = a == 0 ? 90 : 160;
    int height = a == 0 ? 160 : 90;
    assertThat(new VideoFile(MediaSource.of(clip)).index().size())
        .isEqualTo(new Size(width, height));
    float[] expected = new float[width * height * 3];
    for (int y = 0; y < 90; y++) {
      for (int x = 0; x < 160; x++) {
        int tox = a * x + c * y + (a + c < 0 ? width - 1 : 0);
        int toy = b * x + d * y + (b + d < 0 ? height - 1 : 0);
        System.arraycopy(stored.rgb(), (y * 160 + x) * 3, expected, (toy * width + tox) * 3, 3);
      }
    }
    assertThat(upright.width()).isEqualTo(width);
    assertThat(upright.rgb()).isEqualTo(expected);
  }

  @Test
  void theRequestedSizeIsThatOfTheUprightFrame() throws IOException {
    VideoFile file = new VideoFile(MediaSource.of(turned(0, 1, -1, 0)));
    Optional<Size> size = Optional.of(new Size(45, 80));
    try (FrameReader reader = file.open(file.index(), PtsRange.ALL, size)) {
      Frame frame = reader.next().orElseThrow();
      assertThat(new Size(frame.width(), frame.height())).isEqualTo(new Size(45, 80));
    }
  }
}
