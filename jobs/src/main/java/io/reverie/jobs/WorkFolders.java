package io.reverie.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folders that segments lie in until they are assembled; gone afterwards, also on Ctrl-C. */
final class WorkFolders implements AutoCloseable {

  private final List<Path> folders;
  private final Thread onExit = new Thread(this::delete, "work-folders");

  private WorkFolders(List<Path> folders) {
    this.folders = folders;
  }

  static WorkFolders create(List<VideoItem> items) {
    WorkFolders work = new WorkFolders(items.stream().map(item -> Path.of(item.work())).toList());
    Runtime.getRuntime().addShutdownHook(work.onExit);
    for (Path folder : work.folders) {
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        work.close();
        throw UserException.environment(
            "cannot create the folder %s (%s); choose another output".formatted(folder, e), e);
      }
    }
    return work;
  }

  private void delete() {
    folders.forEach(WorkFolders::delete);
  }

  /** Deletes a file, or a folder with all that is in it. */
  static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException e) {
      // The JVM is going: the hook runs by itself.
      return;
    }
  }
}
