package io.reverie.core.dream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.core.DreamException;
import io.reverie.core.Size;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OctavesTest {

  @Test
  void sizesAreTheRoundedQuotientsSmallestFirst() {
    assertThat(new Octaves(4, 1.4).sizes(new Size(320, 180), 1))
        .containsExactly(
            new Size(117, 66), new Size(163, 92), new Size(229, 129), new Size(320, 180));
  }

  @Test
  void sizesThatAreTooSmallAreSkipped() {
    Octaves octaves = new Octaves(4, 1.4);
    assertThat(octaves.sizes(new Size(320, 180), 92))
        .containsExactly(new Size(163, 92), new Size(229, 129), new Size(320, 180));
    assertThat(octaves.sizes(new Size(180, 320), 93)).hasSize(2);
    assertThat(octaves.sizes(new Size(320, 180), 181)).isEmpty();
  }

  @Test
  void anOctaveMayHaveARatioOfItsOwn() {
    Octaves octaves = new Octaves(4, 1.2, Map.of(3, 1.0, 1, 2.0));
    assertThat(octaves.sizes(new Size(240, 120), 1))
        .containsExactly(
            new Size(100, 50), new Size(200, 100), new Size(240, 120), new Size(240, 120));
    assertThat(octaves.sizes(new Size(240, 120), 60)).hasSize(3);
    assertThat(new Octaves(4, 1.4, Map.of(9, 3.0)).sizes(new Size(320, 180), 1))
        .isEqualTo(new Octaves(4, 1.4).sizes(new Size(320, 180), 1));
  }

  @Test
  void ratiosThatShrinkOrHaveNoSizeBeforeThemAreRejected() {
    assertThatThrownBy(() -> new Octaves(4, 1.2, Map.of(0, 2.0)))
        .isInstanceOf(DreamException.class)
        .hasMessage("octaves.each: the first octave has no size before it; leave out its scale");
    assertThatThrownBy(() -> new Octaves(4, 1.2, Map.of(1, 0.9)))
        .isInstanceOf(DreamException.class)
        .hasMessage("octaves.each: scale must be at least 1, not 0.9");
    assertThatThrownBy(() -> new Octaves(4, 1.2, Map.of(1, Double.NaN)))
        .isInstanceOf(DreamException.class);
  }

  @Test
  void countsBelowOneAndScalesThatDoNotShrinkAreRejected() {
    assertThatThrownBy(() -> new Octaves(0, 1.4))
        .isInstanceOf(DreamException.class)
        .hasMessage("octaves.count must be from 1 to 1000, not 0");
    assertThatThrownBy(() -> new Octaves(4, 1))
        .isInstanceOf(DreamException.class)
        .hasMessage("octaves.scale must be above 1, not 1.0");
    assertThatThrownBy(() -> new Octaves(4, Double.NaN)).isInstanceOf(DreamException.class);
  }
}
