package io.reverie.examples;

import io.reverie.core.awt.BufferedImages;
import io.reverie.core.dream.DreamListener;
import io.reverie.core.dream.DreamSpec;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.network.Network;
import io.reverie.core.network.Networks;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Dreams one photo with dream-core alone: {@code DreamPhoto photo.jpg dream.png}. */
public final class DreamPhoto {

  private DreamPhoto() {}

  /** Reads the first file and writes the second as a PNG. */
  public static void main(String[] args) throws IOException {
    BufferedImage dreamed = dream(ImageIO.read(new File(args[0])), DreamPhoto::print);
    ImageIO.write(dreamed, "png", new File(args[1]));
  }

  static BufferedImage dream(BufferedImage photo, DreamListener listener) {
    DreamSpec spec =
        DreamSpec.of(Networks.descriptor("embedded"), "petals")
            .withIterations(10)
            .withStep(2)
            .withOctaves(4, 1.4);
    try (Network network = Networks.load("embedded")) {
      Dreamer dreamer = new Dreamer(network, spec).withListener(listener);
      return BufferedImages.toBufferedImage(dreamer.dream(BufferedImages.toImage(photo)).image());
    }
  }

  /** Returns true: this dream is never cancelled. */
  private static boolean print(DreamListener.Progress progress) {
    System.err.printf(
        "octave %d of %d, step %d of %d: %.0f %%%n",
        progress.octave(),
        progress.octaves(),
        progress.iteration(),
        progress.iterations(),
        100 * progress.done());
    return true;
  }
}
