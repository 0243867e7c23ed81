package io.reverie.temporal.mask;

import static io.reverie.temporal.mask.MovingSquare.overlap;
import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.core.Size;
import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.MediaSource;
import io.reverie.video.motion.FlowMethod;
import io.reverie.video.motion.FlowSettings;
import io.reverie.video.motion.Interpolation;
import io.reverie.video.series.FramePosition;
import io.reverie.video.series.NumberedPictures;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tracks masks of some frames of a moving square. */
class MaskTrackingTest {

  private static final Size SIZE = new Size(MovingSquare.WIDTH, MovingSquare.HEIGHT);
  private static final int FRAMES = 25;

  @TempDir private Path folder;

  @Test
  void aMaskOfTheFirstFrameTracksItsObject() throws IOException {
    give(0);
    List<float[]> masks = masks(0, Set.of(), frames());
    for (int i = 0; i < FRAMES; i++) {
      assertThat(overlap(masks.get(i), i)).as("frame %d", i).isGreaterThan(0.7);
    }
    assertThat(overlap(masks.get(0), FRAMES - 1)).as("it had to move").isLessThan(0.2);
  }

  @Test
  void aLaterMaskReplacesTheTrackedOne() throws IOException {
    give(0);
    Frame black = MovingSquare.frame(12, (x, y) -> 0);
    write(12, black);
    List<float[]> masks = masks(0, Set.of(), frames());
    assertThat(overlap(masks.get(11), 11)).isGreaterThan(0.7);
    for (int i = 12; i < FRAMES; i++) {
      assertThat(Arrays.equals(masks.get(i), new float[masks.get(i).length])).isTrue();
    }
  }

  @Test
  void framesBeforeTheFirstMaskUseItUnmoved() throws IOException {
    give(10);
    List<float[]> masks = masks(0, Set.of(), frames());
    for (int i = 0; i < 10; i++) {
      assertThat(Arrays.equals(masks.get(i), masks.get(10))).isTrue();
    }
    assertThat(overlap(masks.get(20), 20)).isGreaterThan(0.7);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 12, 13, 20})
  void aTaskThatStartsLaterHasTheSameMasks(int from) throws IOException {
    give(0);
    give(12);
    List<float[]> whole = masks(0, Set.of(), frames());
    List<float[]> rest = masks(from, Set.of(), frames());
    for (int i = from; i < FRAMES; i++) {
      assertThat(Arrays.equals(rest.get(i - from), whole.get(i))).as("frame %d", i).isTrue();
    }
  }

  @Test
  void cutsAndFlashesDoNotMoveTheMask() throws IOException {
    give(0);
    List<Frame> frames = frames();
    Frame lit = MovingSquare.frame(6, (x, y) -> 250);
    frames.set(6, lit);
    List<float[]> flash = masks(0, Set.of(), frames);
    assertThat(Arrays.equals(flash.get(6), flash.get(5))).isTrue();
    assertThat(overlap(flash.get(7), 7)).isGreaterThan(0.7);
    List<float[]> cut = masks(0, Set.of(40L * 9), frames());
    assertThat(Arrays.equals(cut.get(9), cut.get(8))).isTrue();
  }

  /** Nothing is tracked from an unreliable frame, whatever came before it. */
  @Test
  void aMaskDrawnInAFlashDoesNotDependOnTheStartOfATask() throws IOException {
    give(0);
    give(6);
    List<Frame> frames = frames();
    frames.set(6, MovingSquare.frame(6, (x, y) -> 250));
    List<float[]> whole = masks(0, Set.of(), frames);
    List<float[]> rest = masks(8, Set.of(), frames);
    for (int i = 8; i < FRAMES; i++) {
      assertThat(Arrays.equals(rest.get(i - 8), whole.get(i))).as("frame %d", i).isTrue();
    }
  }

  private List<Frame> frames() {
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      frames.add(MovingSquare.frame(i));
    }
    return frames;
  }

  private void give(int frame) throws IOException {
    write(frame, MovingSquare.mask(frame));
  }

  private void write(int frame, Frame mask) throws IOException {
    String name = "%05d.png".formatted(frame + 1);
    Files.write(folder.resolve(name), Stills.encode(mask, name, 8, 90));
  }

  private List<float[]> masks(int from, Set<Long> cuts, List<Frame> frames) throws IOException {
    SourceFrames source =
        new SourceFrames(
            first -> new Listed(frames, first),
            pts -> position((int) (pts / 40)),
            cuts::contains,
            pts -> pts == 40 * 6 && frames.get(6).rgb()[0] == 250,
            new FlowSettings(FlowMethod.MEDIUM, 1, Interpolation.LANCZOS));
    List<float[]> masks = new ArrayList<>();
    try (FrameMasks region = FrameMasks.of(Optional.of(drawn()), SIZE, source)) {
      for (int i = from; i < FRAMES; i++) {
        masks.add(
            region.of(frames.get(i), position(i), new MaskSettings(false, 1, 0, false)).weights());
      }
    }
    return masks;
  }

  private NumberedPictures drawn() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> sorted = files.sorted().toList();
      return new NumberedPictures(
          sorted.stream().map(MediaSource::of).toList(),
          sorted.stream()
              .map(file -> Long.valueOf(file.getFileName().toString().substring(0, 5)))
              .toList());
    }
  }

  private static FramePosition position(int frame) {
    return new FramePosition(frame, frame + 1, frame * 0.04);
  }

  private static final class Listed implements FrameReader {

    private final List<Frame> frames;
    private int next;

    Listed(List<Frame> frames, int first) {
      this.frames = frames;
      this.next = first;
    }

    @Override
    public Optional<Frame> next() {
      return next < frames.size() ? Optional.of(frames.get(next++)) : Optional.empty();
    }

    @Override
    public void close() {}
  }
}
