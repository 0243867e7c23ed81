package io.reverie.video.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.Rational;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameSequenceTest {

  private static final Rational RATE = new Rational(25, 2);

  @TempDir private Path folder;

  private MediaSource still(int number, int width, int height) throws IOException {
    float[] rgb = new float[width * height * 3];
    Arrays.fill(rgb, number * 10);
    Frame frame = new Frame(width, height, rgb, Optional.empty(), 0, false);
    Path file = folder.resolve("%03d.png".formatted(number));
    return MediaSource.of(Files.write(file, Stills.encode(frame, "x.png", 8, 90)));
  }

  private FrameSequence sequence(int count) throws IOException {
    List<MediaSource> stills = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      stills.add(still(i, 32, 18));
    }
    return new FrameSequence("frames", stills, RATE);
  }

  @Test
  void aSequenceIsAVideoWithTheGivenRate() throws IOException {
    VideoIndex index = sequence(5).index();

    assertThat(index.times()).containsExactly(0, 1, 2, 3, 4);
    assertThat(index.timeBase()).isEqualTo(new Rational(2, 25));
    assertThat(index.rate()).isEqualTo(RATE);
    assertThat(index.size()).isEqualTo(new Size(32, 18));
  }

  @Test
  void rangesAreReadAtTheRequestedSize() throws IOException {
    FrameSequence sequence = sequence(5);
    VideoIndex index = sequence.index();

    try (FrameReader reader =
        sequence.open(index, index.range(2, 4), Optional.of(new Size(16, 9)))) {
      Frame second = reader.next().orElseThrow();
      Frame third = reader.next().orElseThrow();

      assertThat(second.pts()).isEqualTo(2);
      assertThat(second.rgb()).hasSize(16 * 9 * 3).containsOnly(20);
      assertThat(third.rgb()).containsOnly(30);
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void aFrameOfAnotherSizeIsRejected() throws IOException {
    List<MediaSource> stills = List.of(still(1, 32, 18), still(2, 30, 18));
    FrameSequence sequence = new FrameSequence("frames", stills, RATE);

    try (FrameReader reader = sequence.open(sequence.index(), PtsRange.ALL, Optional.empty())) {
      reader.next();
      assertThatThrownBy(reader::next)
          .isInstanceOf(MediaException.class)
          .hasMessageEndingWith(
              "002.png is 30x18 px, but the sequence starts with 32x18 px; all frames must have the same size");
    }
  }

  @Test
  void anEmptySequenceIsRejected() {
    assertThatThrownBy(() -> new FrameSequence("frames/%05d.png", List.of(), RATE))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("frames/%05d.png");
  }
}
