package io.reverie.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Makes a result appear complete or not at all. */
final class Publishing {

  private Publishing() {}

  /** Writes a file. */
  interface Writer<T> {
    T write(Path part) throws IOException;
  }

  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Has a hidden file beside the target written, and renames it. */
  static <T> T atomically(Path target, Writer<T> writer) throws IOException {
    Path file = target.toAbsolutePath();
    Files.createDirectories(file.getParent());
    Path part = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      T result = writer.write(part);
      move(part, file);
      return result;
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
