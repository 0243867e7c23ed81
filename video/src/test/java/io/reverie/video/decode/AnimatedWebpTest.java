package io.reverie.video.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.video.AnimationBytes;
import io.reverie.video.Decoded;
import io.reverie.video.Frame;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.Rational;
import io.reverie.video.VideoIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgcodecs.Animation;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against OpenCV, which decodes animations by libwebp's own compositor. */
class AnimatedWebpTest {

  private static final int WIDTH = 40;
  private static final int HEIGHT = 30;
  private static final int FRAMES = 12;

  @TempDir Path folder;

  @Test
  void everyFrameAndDurationIsAsInLibwebp() throws IOException {
    for (boolean holes : List.of(false, true)) {
      for (int quality : List.of(80, 101)) {
        Path webp = moving(holes, quality);
        Animation expected = new Animation();
        assertThat(opencv_imgcodecs.imreadanimation(webp.toString(), expected)).isTrue();
        VideoIndex index = new VideoFile(MediaSource.of(webp)).index();
        assertThat(index.alpha()).isEqualTo(holes);
        assertThat(index.playback().plays()).isEqualTo(5);
        List<Frame> frames = Decoded.frames(webp);
        assertThat(frames).hasSize((int) expected.frames().size());
        for (int i = 0; i < frames.size(); i++) {
          assertThat(index.duration(i)).isEqualTo(expected.durations().get(i));
          assertThat(difference(frames.get(i), expected.frames().get(i))).isLessThanOrEqualTo(1);
        }
      }
    }
  }

  @Test
  void anyRangeHasTheFramesOfAStraightDecode() throws IOException {
    Path webp = moving(true, 101);
    VideoIndex index = new VideoFile(MediaSource.of(webp)).index();
    assertThat(Decoded.split(webp, index, 0, 1, 5, 6, 11))
        .isEqualTo(Decoded.of(webp, index, PtsRange.ALL));
  }

  @Test
  void aDamagedPictureCostsOneFrame() throws IOException {
    byte[] image = AnimationBytes.webpStill(8, 6, 0xFF0000);
    byte[] green = AnimationBytes.webpStill(8, 6, 0x00FF00);
    byte[] broken = image.clone();
    broken[20] = 0x55;
    Path webp =
        Files.write(folder.resolve("d.webp"), AnimationBytes.webp(8, 6, 0, image, broken, green));
    List<Frame> frames = Decoded.frames(webp);
    assertThat(frames).extracting(Frame::corrupt).containsExactly(false, true, false);
    assertThat(frames.get(1).rgb()).isEqualTo(frames.get(0).rgb());
    assertThat(frames.get(2).rgb()[1]).isEqualTo(255);
    VideoIndex index = new VideoFile(MediaSource.of(webp)).index();
    assertThat(Decoded.split(webp, index, 0, 1, 2))
        .isEqualTo(Decoded.of(webp, index, PtsRange.ALL));
    Path first = Files.write(folder.resolve("f.webp"), AnimationBytes.webp(8, 6, 0, broken, image));
    assertThatThrownBy(() -> new VideoFile(MediaSource.of(first)).index())
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("f.webp, picture 1 is not a readable");
  }

  @Test
  void pagesOfATiffAreFramesAtTheGivenRate() throws IOException {
    Path tiff = Files.write(folder.resolve("p.tif"), AnimationBytes.tiff(5, 4, 0, 1, 0, 0));
    VideoFile file = new VideoFile(MediaSource.of(tiff), new Rational(25, 2));
    VideoIndex index = file.index();
    assertThat(index.count()).isEqualTo(3);
    assertThat(index.rate()).isEqualTo(new Rational(25, 2));
    assertThat(index.seconds()).isEqualTo(0.16);
    try (var reader = file.open(index, index.range(1, 3), Optional.empty())) {
      // The second directory is a thumbnail.
      assertThat(reader.next().orElseThrow().rgb()).startsWith(0, 0, 255);
      assertThat(reader.next().orElseThrow().rgb()).startsWith(255, 255, 0);
      assertThat(reader.next()).isEmpty();
    }
    assertThat(new VideoFile(MediaSource.of(tiff)).index().rate()).isEqualTo(new Rational(10, 1));
  }

  /** Noise, over which a square of other noise moves; libwebp stores only what changes. */
  private Path moving(boolean holes, int quality) throws IOException {
    Random random = new Random(1);
    byte[] still = new byte[WIDTH * HEIGHT * 4];
    random.nextBytes(still);
    MatVector frames = new MatVector(FRAMES);
    int[] durations = new int[FRAMES];
    for (int i = 0; i < FRAMES; i++) {
      byte[] pixels = still.clone();
      for (int p = 0; p < WIDTH * HEIGHT; p++) {
        int x = p % WIDTH - 2 * i;
        int y = p / WIDTH - i;
        boolean inside = x >= 0 && x < 9 && y >= 0 && y < 7;
        for (int c = 0; inside && c < 3; c++) {
          pixels[p * 4 + c] = (byte) random.nextInt(256);
        }
        pixels[p * 4 + 3] = (byte) (holes && inside ? random.nextInt(256) : holes ? x & 255 : 255);
      }
      frames.put(i, new Mat(HEIGHT, WIDTH, opencv_core.CV_8UC4, new BytePointer(pixels)));
      durations[i] = 30 + 17 * i;
    }
    Animation animation = new Animation(5, new org.bytedeco.opencv.opencv_core.Scalar());
    animation.frames(frames);
    animation.durations(new IntPointer(durations));
    Path webp = folder.resolve("%s-%d.webp".formatted(holes, quality));
    IntPointer options = new IntPointer(opencv_imgcodecs.IMWRITE_WEBP_QUALITY, quality);
    assertThat(opencv_imgcodecs.imwriteanimation(webp.toString(), animation, options)).isTrue();
    return webp;
  }

  /** Returns the largest difference of a value; colours under full transparency do not count. */
  private static float difference(Frame frame, Mat expected) {
    byte[] pixels = new byte[WIDTH * HEIGHT * expected.channels()];
    expected.data().get(pixels);
    float largest = 0;
    for (int p = 0; p < WIDTH * HEIGHT; p++) {
      int at = p * expected.channels();
      int alpha = expected.channels() == 4 ? pixels[at + 3] & 255 : 255;
      float own = frame.alpha().isPresent() ? frame.alpha().get()[p] : 255;
      largest = Math.max(largest, Math.abs(own - alpha));
      for (int c = 0; alpha > 0 && c < 3; c++) {
        largest = Math.max(largest, Math.abs(frame.rgb()[p * 3 + c] - (pixels[at + 2 - c] & 255)));
      }
    }
    return largest;
  }
}
