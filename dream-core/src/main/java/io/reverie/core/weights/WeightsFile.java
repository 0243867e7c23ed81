package io.reverie.core.weights;

import io.reverie.core.DreamException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A file of weights: safetensors, or one of the two containers that PyTorch writes. */
public final class WeightsFile {

  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte PICKLE_PROTOCOL = (byte) 0x80;

  private WeightsFile() {}

  /**
   * Reads every tensor, as float32. The format is told by the content.
   *
   * @throws DreamException if the file cannot be read, is damaged, or is something else
   */
  public static StateDict read(Path file) {
    try {
      byte[] head = head(file);
      if (Arrays.equals(head, 0, 4, ZIP, 0, 4)) {
        return TorchZipReader.read(file);
      }
      return head[0] == PICKLE_PROTOCOL
          ? TorchLegacyReader.read(file)
          : SafetensorsReader.read(file);
    } catch (IOException e) {
      throw new DreamException("cannot read the weights %s: %s".formatted(file, e.getMessage()), e);
    } catch (MalformedWeights e) {
      throw new DreamException(
          "the weights file %s is damaged or unsafe and was not used: %s"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static byte[] head(Path file) throws IOException, MalformedWeights {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(8);
      if (head.length < 8) {
        throw new MalformedWeights("it has only %d bytes".formatted(head.length));
      }
      return head;
    }
  }
}
