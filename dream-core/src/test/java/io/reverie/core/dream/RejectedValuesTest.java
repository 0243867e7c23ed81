package io.reverie.core.dream;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.gradient.SeamRatio;
import io.reverie.core.dream.image.PixelWindow;
import io.reverie.core.dream.image.Residual;
import io.reverie.core.dream.image.RowBlocks;
import io.reverie.core.dream.prior.GaussianBlur;
import io.reverie.core.dream.prior.LaplacianPyramid;
import io.reverie.core.dream.transform.ScaleRotate;
import io.reverie.core.network.graph.SlidingWindow;
import io.reverie.core.objective.LayerExtent;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Records do not accept values that no image or network has. */
class RejectedValuesTest {

  private static final Image GREY = new Image(new Size(1, 1), new float[3]);
  private static final Residual CHANGE = new Residual(new Size(1, 1), new float[3]);

  private static Arguments made(String sentence, Supplier<Record> record) {
    return Arguments.of(sentence, record);
  }

  static Stream<Arguments> values() {
    return Stream.of(
        made("a block cannot have 0 pixels", () -> new RowBlocks(0)),
        made(
            "a layer cannot have 3 x 0 cells", () -> new LayerExtent(0, 3, 0, 0, Optional.empty())),
        made("no rectangle of 4 x 3 px is at row -1, column 2", () -> new PixelWindow(-1, 2, 3, 4)),
        made("no rectangle of 4 x 0 px is at row 1, column 2", () -> new PixelWindow(1, 2, 0, 4)),
        made(
            "a Laplacian pyramid cannot have 0 bands",
            () -> new LaplacianPyramid(0, new RowBlocks(8))),
        made("a blur needs a sigma above 0, not 0.0", () -> new GaussianBlur(0)),
        made("an image cannot be scaled by 0.0 and rotated by 5.0", () -> new ScaleRotate(0, 5)),
        made(
            "an image cannot be scaled by 1.0 and rotated by NaN",
            () -> new ScaleRotate(1, Double.NaN)),
        made(
            "a window of 3 x 3 cannot have the stride 0 and the padding 1 x 1",
            () -> SlidingWindow.square(3, 0, 1)),
        made(
            "a window of 3 x 3 cannot have the stride 1 and the padding -1 x -1",
            () -> SlidingWindow.square(3, 1, -1)),
        made(
            "step 4 of 3 at octave 1 of 2",
            () -> new DreamListener.Progress(1, 2, new Size(4, 3), 4, 3, 0.5)),
        made(
            "a share of 1.5 is not from 0 to 1",
            () -> new DreamListener.Progress(1, 2, new Size(4, 3), 3, 3, 1.5)),
        made("a seam ratio of NaN +- 1.0 is not above 0", () -> new SeamRatio(0 / 0., 1)),
        made(
            "3 of 2 steps cannot be without a gradient",
            () -> new Dream(GREY, GREY, CHANGE, List.of(), 2, 3, Optional.empty())));
  }

  @ParameterizedTest
  @MethodSource("values")
  void wrongValuesAreNamed(String sentence, Supplier<Record> record) {
    assertThatThrownBy(record::get)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }
}
