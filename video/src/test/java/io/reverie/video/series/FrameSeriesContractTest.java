package io.reverie.video.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.video.Frame;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of every frame series, on a video of 60 frames at 12 per second. */
class FrameSeriesContractTest {

  private static final Path SAMPLES = Path.of("../video/src/test/media");
  private static final int FRAMES = 60;

  /** The implementations. */
  enum Kind {
    SINGLE_PICTURE("lake.jpg") {
      @Override
      FrameSeries open(MediaSource media) {
        return new SinglePicture(media);
      }
    },
    VIDEO("clip.mp4") {
      @Override
      FrameSeries open(MediaSource media) {
        return new VideoSeries(media);
      }
    },
    NUMBERED_PICTURES("lake.jpg") {
      @Override
      FrameSeries open(MediaSource media) {
        return new NumberedPictures(List.of(media, media, media), List.of(3L, 10L, 25L));
      }
    };

    private final String sample;

    Kind(String sample) {
      this.sample = sample;
    }

    abstract FrameSeries open(MediaSource media);

    FrameSeries open() {
      return open(MediaSource.of(SAMPLES.resolve(sample)));
    }
  }

  private static List<FramePosition> positions() {
    return IntStream.range(0, FRAMES)
        .mapToObj(i -> new FramePosition(i, i + 1L, i / 12.0))
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void theFirstFrameHasTheFirstImage(Kind kind) {
    try (FrameSeries series = kind.open()) {
      assertThat(series.last(FramePosition.BEGINNING)).isZero();
      assertThat(series.looped(FramePosition.BEGINNING)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutALoopIndicesNeverDecrease(Kind kind) {
    try (FrameSeries series = kind.open()) {
      assertThat(positions().stream().map(series::last).toList()).isSorted();
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyIndexCanBeRead(Kind kind) {
    try (FrameSeries series = kind.open()) {
      Frame first = series.picture(0);
      for (FramePosition position : positions()) {
        assertThat(series.picture(series.last(position)).width()).isEqualTo(first.width());
        assertThat(series.picture(series.looped(position)).height()).isEqualTo(first.height());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void imagesDoNotDependOnTheOrderOfReading(Kind kind) {
    List<Integer> indices = new ArrayList<>();
    try (FrameSeries series = kind.open()) {
      positions().stream().map(series::last).distinct().limit(8).forEach(indices::add);
      List<float[]> inOrder = indices.stream().map(i -> series.picture(i).rgb()).toList();
      List<Integer> shuffled = new ArrayList<>(indices);
      Collections.shuffle(shuffled, new Random(3));
      for (int index : shuffled) {
        assertThat(series.picture(index).rgb()).isEqualTo(inOrder.get(indices.indexOf(index)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSeriesMayBeClosedTwice(Kind kind) {
    FrameSeries series = kind.open();
    series.picture(0);
    series.close();
    assertThatCode(series::close).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource
  void aMissingFileIsNamed(Kind kind) {
    MediaSource missing = MediaSource.of(SAMPLES.resolve("missing.png"));
    assertThatThrownBy(() -> kind.open(missing).picture(0))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("missing.png");
  }
}
