package io.reverie.video.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FlowFieldTest {

  @Test
  void vectorsScaleWithTheGrid() {
    float[] xy = new float[8 * 4 * 2];
    for (int i = 0; i < xy.length; i += 2) {
      xy[i] = 1;
      xy[i + 1] = -2;
    }

    FlowField grown = new FlowField(8, 4, xy).scaled(24, 8);

    assertThat(grown.width()).isEqualTo(24);
    assertThat(grown.height()).isEqualTo(8);
    for (int i = 0; i < grown.xy().length; i += 2) {
      assertThat(grown.xy()[i]).isCloseTo(3, within(1e-5f));
      assertThat(grown.xy()[i + 1]).isCloseTo(-4, within(1e-5f));
    }
  }

  @Test
  void aSingleNanIsDetected() {
    float[] xy = new float[24];
    assertThat(new FlowField(4, 3, xy).isFinite()).isTrue();
    xy[17] = Float.NaN;
    assertThat(new FlowField(4, 3, xy).isFinite()).isFalse();
  }

  @Test
  void aWrongNumberOfValuesIsRejected() {
    float[] xy = new float[23];

    assertThatThrownBy(() -> new FlowField(4, 3, xy))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a flow of 4 x 3 cannot have 23 values");
  }

  @Test
  void greyIsTheLumaOfTheColours() {
    float[] rgb = {255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 0, 255};

    GreyImage grey = GreyImage.of(rgb, 2, 2);

    assertThat(grey.levels()).containsExactly((byte) 255, (byte) 0, (byte) 76, (byte) 29);
  }

  @Test
  void halfSizeIsTheMeanOfBlocks() {
    byte[] levels = new byte[8 * 6];
    Arrays.fill(levels, (byte) 200);
    levels[0] = (byte) 100;

    GreyImage half = new GreyImage(8, 6, levels).scaled(0.5);

    assertThat(half.width()).isEqualTo(4);
    assertThat(half.height()).isEqualTo(3);
    assertThat(half.levels()[0]).isEqualTo((byte) 175);
    assertThat(half.levels()[1]).isEqualTo((byte) 200);
  }
}
