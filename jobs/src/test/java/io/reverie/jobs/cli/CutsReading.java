package io.reverie.jobs.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.file.Path;

/** Opens the reader of {@code --cuts} to the fuzz targets. */
public final class CutsReading {

  private CutsReading() {}

  public static ArrayNode times(Path file) {
    return CutsFile.times(file);
  }
}
