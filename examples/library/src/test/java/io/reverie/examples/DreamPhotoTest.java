package io.reverie.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DreamPhotoTest {

  @TempDir private Path folder;

  @Test
  void aPhotoIsReadDreamedAndWritten() throws IOException {
    BufferedImage photo = photo();
    Path file = folder.resolve("photo.png");
    ImageIO.write(photo, "png", file.toFile());
    Path result = folder.resolve("dream.png");
    DreamPhoto.main(new String[] {file.toString(), result.toString()});
    BufferedImage dream = ImageIO.read(result.toFile());
    assertThat(dream.getWidth()).isEqualTo(photo.getWidth());
    assertThat(dream.getHeight()).isEqualTo(photo.getHeight());
    assertThat(pixels(dream)).isNotEqualTo(pixels(photo));
  }

  @Test
  void aListenerCancelsTheDream() {
    assertThatThrownBy(() -> DreamPhoto.dream(photo(), progress -> progress.done() < 0.1))
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("octave");
  }

  private static BufferedImage photo() {
    BufferedImage photo = new BufferedImage(96, 64, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 96; x++) {
        photo.setRGB(x, y, new Color(x * y % 256, 2 * x, 3 * y).getRGB());
      }
    }
    return photo;
  }

  private static int[] pixels(BufferedImage picture) {
    return picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, 96);
  }
}
