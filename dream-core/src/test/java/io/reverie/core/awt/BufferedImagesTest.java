package io.reverie.core.awt;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.core.Image;
import io.reverie.core.Size;
import java.awt.Color;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BufferedImagesTest {

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR
      })
  void coloursAreReadRowByRow(int type) {
    BufferedImage picture = new BufferedImage(2, 3, type);
    for (int i = 0; i < 6; i++) {
      picture.setRGB(i % 2, i / 2, new Color(10 * i, 10 * i + 1, 255 - i).getRGB());
    }
    Image image = BufferedImages.toImage(picture);
    assertThat(image.size()).isEqualTo(new Size(2, 3));
    assertThat(image.rgb())
        .containsExactly(
            0, 1, 255, 10, 11, 254, 20, 21, 253, 30, 31, 252, 40, 41, 251, 50, 51, 250);
  }

  @Test
  void aTransparentPixelKeepsItsColour() {
    BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    picture.setRGB(0, 0, 0x00102030);
    assertThat(BufferedImages.toImage(picture).rgb()).containsExactly(16, 32, 48);
  }

  @Test
  void greyLevelsAreTakenAsTheyAreStored() {
    BufferedImage bytes = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    bytes.getRaster().setSample(0, 0, 0, 100);
    bytes.getRaster().setSample(1, 0, 0, 255);
    assertThat(BufferedImages.toImage(bytes).rgb()).containsExactly(100, 100, 100, 255, 255, 255);
    BufferedImage shorts = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    shorts.getRaster().setSample(0, 0, 0, 257 * 100);
    shorts.getRaster().setSample(1, 0, 0, 65535);
    assertThat(BufferedImages.toImage(shorts).rgb()).containsExactly(100, 100, 100, 255, 255, 255);
  }

  @Test
  void valuesAreRoundedAndClippedOnTheWayOut() {
    Image image = new Image(new Size(1, 2), new float[] {-3, 0.4f, 0.6f, 254.6f, 255, 300});
    BufferedImage picture = BufferedImages.toBufferedImage(image);
    assertThat(picture.getWidth()).isEqualTo(1);
    assertThat(picture.getRGB(0, 0)).isEqualTo(0xff000001);
    assertThat(picture.getRGB(0, 1)).isEqualTo(0xffffffff);
  }

  @Test
  void aPictureComesBackAsItWas() {
    BufferedImage picture = new BufferedImage(7, 5, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 35; i++) {
      picture.setRGB(i % 7, i / 7, 0x0f1e2d * i);
    }
    BufferedImage again = BufferedImages.toBufferedImage(BufferedImages.toImage(picture));
    assertThat(again.getRGB(0, 0, 7, 5, null, 0, 7))
        .isEqualTo(picture.getRGB(0, 0, 7, 5, null, 0, 7));
  }
}
