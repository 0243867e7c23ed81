package io.reverie.jobs.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;

/** Files of this machine that nobody needs once the process is gone. */
final class Scratch {

  private static final Path FOLDER = create();

  private Scratch() {}

  /** Where Spark's workers and YARN clean up after a process that was killed, if it is theirs. */
  private static Path parent() {
    for (String variable : new String[] {"SPARK_EXECUTOR_DIRS", "LOCAL_DIRS"}) {
      String folders = System.getenv(variable);
      if (folders != null && !folders.isEmpty()) {
        return Path.of(folders.split("[:,]", -1)[0]);
      }
    }
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static Path create() {
    try {
      Path folder = Files.createTempDirectory(Files.createDirectories(parent()), "reverie-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "scratch"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A path where nothing is yet. */
  static Path file(String name) throws IOException {
    return Files.createDirectories(FOLDER).resolve(UUID.randomUUID() + "-" + name);
  }

  /** Deletes a file, or a folder with all that is in it; nothing if there is none. */
  static void delete(Path file) {
    if (!Files.exists(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> files = Files.walk(file)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
