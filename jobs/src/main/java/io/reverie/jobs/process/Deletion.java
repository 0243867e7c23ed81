package io.reverie.jobs.process;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Predicate;

/** Deletes folders with their content, without following links. */
public final class Deletion extends SimpleFileVisitor<Path> {

  private final Predicate<IOException> skipped;

  private Deletion(Predicate<IOException> skipped) {
    this.skipped = skipped;
  }

  /**
   * Deletes a file, or a folder with its content, even while another process deletes it as well;
   * does nothing if there is none.
   */
  public static void delete(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      Files.walkFileTree(file, new Deletion(NoSuchFileException.class::isInstance));
    }
  }

  /** Deletes as much of a folder as possible; does nothing if there is none. Never fails. */
  public static void deleteWhatCanBe(Path folder) {
    try {
      Files.walkFileTree(folder, new Deletion(e -> true));
    } catch (IOException e) {
      // Another process still writes there, or permission is missing; the next run tries again.
    }
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    Files.deleteIfExists(file);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
    if (skipped.test(e)) {
      return FileVisitResult.CONTINUE;
    }
    throw e;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
    if (e != null && !skipped.test(e)) {
      throw e;
    }
    Files.deleteIfExists(folder);
    return FileVisitResult.CONTINUE;
  }
}
