package io.reverie.video.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.reverie.video.Frame;
import io.reverie.video.still.Stills;
import java.util.Optional;

/** Small encoded stills. */
final class Pictures {

  private Pictures() {}

  static byte[] encoded(String name, int width, int height) {
    return Stills.encode(frame(width, height, false), name, 8, 90);
  }

  static byte[] withAlpha(String name, int width, int height) {
    return Stills.encode(frame(width, height, true), name, 8, 90);
  }

  private static Frame frame(int width, int height, boolean alpha) {
    float[] rgb = new float[width * height * 3];
    float[] opacity = new float[width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = i * 7 % 256;
      opacity[i / 3] = 255 - i % 200;
    }
    Optional<float[]> channel = alpha ? Optional.of(opacity) : Optional.empty();
    return new Frame(width, height, rgb, channel, 0, false);
  }

  static boolean contains(byte[] file, String latin) {
    return new String(file, ISO_8859_1).contains(latin);
  }
}
