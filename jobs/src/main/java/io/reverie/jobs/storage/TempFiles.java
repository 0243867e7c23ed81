package io.reverie.jobs.storage;

import io.reverie.jobs.process.RunFolder;
import java.nio.file.Path;
import java.util.UUID;

/** Local files that are not needed after the process ends. */
final class TempFiles {

  private TempFiles() {}

  /** Returns a path that does not exist yet. */
  static Path file(String name) {
    return RunFolder.path().resolve(UUID.randomUUID() + "-" + name);
  }
}
