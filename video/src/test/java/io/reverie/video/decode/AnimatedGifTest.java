package io.reverie.video.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.Decoded;
import io.reverie.video.Frame;
import io.reverie.video.GifBytes;
import io.reverie.video.GifBytes.Picture;
import io.reverie.video.ImageMagick;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.VideoIndex;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * GIFs of small pictures with any disposal, and transparent colours and palettes of their own, are
 * shown as in browsers, which never show the background colour.
 */
class AnimatedGifTest {

  private static final int WIDTH = 23;
  private static final int HEIGHT = 17;
  private static final int PICTURES = 12;
  private static final int CLEARS = 2;
  private static final int RESTORES = 3;
  private static final int TRANSPARENT = 0;

  @TempDir private Path folder;

  private static int[] palette(Random random) {
    return random.ints(128, 0, 1 << 24).toArray();
  }

  private static Picture picture(Random random, boolean shared) {
    int width = 1 + random.nextInt(WIDTH);
    int height = 1 + random.nextInt(HEIGHT);
    return new Picture(
        random.nextInt(WIDTH - width + 1),
        random.nextInt(HEIGHT - height + 1),
        width,
        height,
        random.nextInt(4),
        random.nextBoolean() ? random.nextInt(4) : GifBytes.NONE,
        shared && random.nextInt(3) > 0 ? Optional.empty() : Optional.of(palette(random)),
        random.ints((long) width * height, 0, 4).toArray());
  }

  /** Draws pictures on a canvas of ARGB as the format's description says. */
  private static List<int[]> shown(int[] palette, List<Picture> pictures) {
    List<int[]> frames = new ArrayList<>();
    int[] canvas = new int[WIDTH * HEIGHT];
    for (Picture picture : pictures) {
      int[] before = canvas.clone();
      int[] colours = picture.palette().orElse(palette);
      for (int i = 0; i < picture.pixels().length; i++) {
        if (picture.pixels()[i] != picture.transparent()) {
          canvas[place(picture, i)] = 0xFF000000 | colours[picture.pixels()[i]];
        }
      }
      frames.add(canvas.clone());
      for (int i = 0; picture.disposal() == CLEARS && i < picture.pixels().length; i++) {
        canvas[place(picture, i)] = TRANSPARENT;
      }
      canvas = picture.disposal() == RESTORES ? before : canvas;
    }
    return frames;
  }

  private static int place(Picture picture, int pixel) {
    int row = picture.top() + pixel / picture.width();
    return row * WIDTH + picture.left() + pixel % picture.width();
  }

  private static int[] pixels(Frame frame) {
    int[] argb = new int[WIDTH * HEIGHT];
    for (int i = 0; i < argb.length; i++) {
      int at = i;
      float alpha = frame.alpha().map(a -> a[at]).orElse(255f);
      float[] rgb = frame.rgb();
      int colour = (int) rgb[3 * i] << 16 | (int) rgb[3 * i + 1] << 8 | (int) rgb[3 * i + 2];
      argb[i] = alpha == 0 ? TRANSPARENT : (int) alpha << 24 | colour;
    }
    return argb;
  }

  private static List<int[]> coalesced(Path gif) throws IOException {
    byte[] raw =
        ImageMagick.convert(gif.toString(), "-alpha", "set", "-coalesce", "-depth", "8", "rgba:-");
    List<int[]> frames = new ArrayList<>();
    for (int from = 0; from < raw.length; from += WIDTH * HEIGHT * 4) {
      int[] argb = new int[WIDTH * HEIGHT];
      for (int i = 0; i < argb.length; i++) {
        int at = from + 4 * i;
        int alpha = raw[at + 3] & 255;
        int colour = (raw[at] & 255) << 16 | (raw[at + 1] & 255) << 8 | (raw[at + 2] & 255);
        argb[i] = alpha == 0 ? TRANSPARENT : alpha << 24 | colour;
      }
      frames.add(argb);
    }
    return frames;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void everyFrameIsAsInBrowsersAndInImageMagick(long seed) throws IOException {
    Random random = new Random(seed);
    boolean shared = seed % 3 > 0;
    int[] palette = palette(random);
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < PICTURES; i++) {
      pictures.add(picture(random, shared));
    }
    byte[] bytes =
        GifBytes.of(
            WIDTH,
            HEIGHT,
            shared ? Optional.of(palette) : Optional.empty(),
            random.nextInt(4),
            pictures);
    Path gif = Files.write(folder.resolve("random.gif"), bytes);
    List<int[]> expected = shown(palette, pictures);

    List<Frame> frames = Decoded.frames(gif);
    assertThat(frames).hasSize(PICTURES);
    for (int i = 0; i < PICTURES; i++) {
      assertThat(pixels(frames.get(i))).as("frame %d", i).isEqualTo(expected.get(i));
    }
    assertThat(pixels(Stills.read(MediaSource.of(gif)).frame())).isEqualTo(expected.get(0));
    if (ImageMagick.isInstalled()) {
      assertThat(coalesced(gif)).usingElementComparator(Arrays::compare).isEqualTo(expected);
    }
  }

  @Test
  void anyRangeHasTheFramesOfAStraightDecode() throws IOException {
    Random random = new Random(20);
    int[] palette = palette(random);
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < PICTURES; i++) {
      pictures.add(picture(random, true));
    }
    Path gif =
        Files.write(
            folder.resolve("ranges.gif"),
            GifBytes.of(WIDTH, HEIGHT, Optional.of(palette), 1, pictures));
    VideoIndex index = new VideoFile(MediaSource.of(gif)).index();
    assertThat(Decoded.split(gif, index, 0, 1, 5, 6, 11))
        .isEqualTo(Decoded.of(gif, index, PtsRange.ALL));
  }
}
