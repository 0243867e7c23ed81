package io.reverie.jobs.cli;

import java.nio.file.Path;

/** Opens the reader of {@code --cuts} to the fuzz targets. */
public final class CutsReading {

  private CutsReading() {}

  public static String setting(Path file) {
    return CutsFile.setting(file);
  }
}
