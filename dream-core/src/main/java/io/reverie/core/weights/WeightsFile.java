package io.reverie.core.weights;

import io.reverie.core.DreamException;
import java.io.IOException;
import java.nio.file.Path;

/** A file of weights: safetensors. */
public final class WeightsFile {

  private WeightsFile() {}

  public static StateDict read(Path file) {
    try {
      return SafetensorsReader.read(file);
    } catch (IOException e) {
      throw new DreamException("cannot read the weights %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
