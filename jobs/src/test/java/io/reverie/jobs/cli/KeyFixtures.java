package io.reverie.jobs.cli;

import io.reverie.core.network.Networks;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Inputs of {@link EveryKeyIT}, written to a folder. */
record KeyFixtures(Path folder) {

  static final Path SAMPLES = Path.of("../video/src/test/media").toAbsolutePath();

  static Path clip() {
    return SAMPLES.resolve("clip.mp4");
  }

  /** Three numbered frames. */
  Path frames() throws IOException {
    for (int i = 1; i <= 3; i++) {
      Path frame = folder.resolve("%05d.png".formatted(i));
      if (!Files.exists(frame)) {
        Files.copy(SAMPLES.resolve("clouds.png"), frame);
      }
    }
    return folder.resolve("%05d.png");
  }

  /** A mask that is white on the left. */
  String mask() {
    BufferedImage picture = new BufferedImage(72, 48, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 36 * 48; i++) {
      picture.setRGB(i % 36, i / 36, 0xFFFFFF);
    }
    return png(picture, "mask.png");
  }

  /** Clouds, transparent on the right. */
  String clearing() throws IOException {
    BufferedImage clouds = ImageIO.read(SAMPLES.resolve("clouds.png").toFile());
    int width = clouds.getWidth();
    BufferedImage picture =
        new BufferedImage(width, clouds.getHeight(), BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < width * clouds.getHeight(); i++) {
      int opaque = i % width < width / 2 ? 0xFF000000 : 0x40000000;
      int colour = clouds.getRGB(i % width, i / width) & 0xFFFFFF;
      picture.setRGB(i % width, i / width, colour | opaque);
    }
    return png(picture, "clearing.png");
  }

  private String png(BufferedImage picture, String name) {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      ImageIO.write(picture, "png", out);
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The embedded network with red and blue swapped. */
  String network() {
    try (InputStream in = Networks.class.getResourceAsStream("embedded.yaml")) {
      String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Path file = folder.resolve("other.yaml");
      return Files.writeString(file, yaml.replace("order: rgb", "order: bgr")).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The embedded weights, some with their signs flipped. */
  String weights() {
    try (InputStream in = Networks.resource("resource:embedded/embedded.safetensors")) {
      byte[] bytes = in.readAllBytes();
      int lastOfAFloat = 3;
      for (int i = bytes.length / 8; i < bytes.length; i++) {
        bytes[i] ^= (byte) (i % Float.BYTES == lastOfAFloat ? 0x80 : 0);
      }
      return Files.write(folder.resolve("other.safetensors"), bytes).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
