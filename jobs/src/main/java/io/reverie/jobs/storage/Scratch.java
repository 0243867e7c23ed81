package io.reverie.jobs.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;

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
      Runtime.getRuntime().addShutdownHook(new Thread(Scratch::clean, "scratch"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A path where nothing is yet. */
  static Path file(String name) throws IOException {
    return Files.createDirectories(FOLDER).resolve(UUID.randomUUID() + "-" + name);
  }

  private static void clean() {
    try {
      delete(FOLDER);
    } catch (IOException e) {
      // The process ends; what is left lies in a folder for temporary files.
    }
  }

  /**
   * Deletes a file, or a folder with all that is in it; nothing if there is none. Others may be
   * about it as well.
   */
  static void delete(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      Files.walkFileTree(file, new Deletion());
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes seen) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
      if (e != null) {
        throw e;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
