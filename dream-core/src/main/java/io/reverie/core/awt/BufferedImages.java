package io.reverie.core.awt;

import io.reverie.core.Image;
import io.reverie.core.Size;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;

/** Converts between {@link Image} and {@link BufferedImage}. */
public final class BufferedImages {

  private BufferedImages() {}

  /**
   * The colours of a picture, as sRGB. Transparency is ignored; colour has 8 bits per channel, grey
   * all its bits.
   */
  public static Image toImage(BufferedImage picture) {
    Size size = new Size(picture.getWidth(), picture.getHeight());
    boolean grey = picture.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    return new Image(size, grey ? grey(picture) : colours(picture, size));
  }

  private static float[] colours(BufferedImage picture, Size size) {
    int[] row = new int[size.width()];
    float[] rgb = new float[size.width() * size.height() * 3];
    int next = 0;
    for (int y = 0; y < size.height(); y++) {
      picture.getRGB(0, y, size.width(), 1, row, 0, size.width());
      for (int pixel : row) {
        rgb[next++] = pixel >> 16 & 0xff;
        rgb[next++] = pixel >> 8 & 0xff;
        rgb[next++] = pixel & 0xff;
      }
    }
    return rgb;
  }

  /** Java takes grey samples for linear light; the files that they come from mean sRGB. */
  private static float[] grey(BufferedImage picture) {
    Raster raster = picture.getRaster();
    float white = (1 << picture.getColorModel().getComponentSize(0)) - 1;
    float[] samples =
        raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), 0, (float[]) null);
    float[] rgb = new float[samples.length * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = samples[i / 3] * 255 / white;
    }
    return rgb;
  }

  /** An opaque picture of 8 bits per channel ({@link BufferedImage#TYPE_INT_RGB}). */
  public static BufferedImage toBufferedImage(Image image) {
    int width = image.size().width();
    BufferedImage picture =
        new BufferedImage(width, image.size().height(), BufferedImage.TYPE_INT_RGB);
    int[] row = new int[width];
    float[] rgb = image.rgb();
    int next = 0;
    for (int y = 0; y < image.size().height(); y++) {
      for (int x = 0; x < width; x++) {
        row[x] = level(rgb[next++]) << 16 | level(rgb[next++]) << 8 | level(rgb[next++]);
      }
      picture.setRGB(0, y, width, 1, row, 0, width);
    }
    return picture;
  }

  private static int level(float value) {
    return Math.round(Math.max(0, Math.min(255, value)));
  }
}
