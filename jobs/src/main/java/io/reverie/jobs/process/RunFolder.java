package io.reverie.jobs.process;

import io.reverie.jobs.error.UserException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * A private folder of this process below the folder for temporary files. It receives all temporary
 * files: our own, Spark's and the libraries'. Other users can neither read it nor place files in it
 * beforehand. It is deleted with the process or, if that was killed, by the next run.
 */
public final class RunFolder {

  static final String PREFIX = "reverie-";

  /** Only the owner may enter. */
  private static final FileAttribute<?> OWN =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final String PROPERTY = "java.io.tmpdir";

  /** Runs after Spark has removed its own folders, at priority 25 and above. */
  private static final int LAST = 1;

  /** Held until the process ends, when the system releases them. */
  private static final List<FileChannel> LOCKS = new CopyOnWriteArrayList<>();

  private RunFolder() {}

  private static final class Holder {
    static final Supplier<Path> FOLDER = made();
  }

  /** Remembers a failure, too: an executor has many tasks, and each tells its own. */
  private static Supplier<Path> made() {
    try {
      Path folder = create(parent());
      return () -> folder;
    } catch (UserException e) {
      return () -> {
        throw UserException.environment(e.getMessage(), e);
      };
    }
  }

  /**
   * Returns the folder.
   *
   * @throws UserException if it cannot be created
   */
  public static Path path() {
    return Holder.FOLDER.get();
  }

  /**
   * Makes libraries use this folder by setting the JVM property for temporary files. The JDK
   * itself, as in {@code Files.createTempFile}, does not re-read the property: pass this folder
   * explicitly there.
   */
  public static void open() {
    System.setProperty(PROPERTY, path().toString());
  }

  /** A folder that Spark's workers or YARN delete after a killed process, if there is one. */
  private static Path parent() {
    for (String variable : new String[] {"SPARK_EXECUTOR_DIRS", "LOCAL_DIRS"}) {
      String folders = System.getenv(variable);
      if (folders != null && !folders.isEmpty()) {
        return Path.of(folders.split("[:,]", -1)[0]);
      }
    }
    return Path.of(System.getProperty(PROPERTY));
  }

  private static Path create(Path parent) {
    Path folder = under(parent.toAbsolutePath());
    new LeftoverRuns(folder).remove(false);
    ShutdownHookManager.get().addShutdownHook(() -> Deletion.deleteWhatCanBe(folder), LAST);
    return folder;
  }

  static Path under(Path parent) {
    if (parent.toString().contains(",")) {
      throw UserException.environment(
          "Spark would split %s at its comma into several folders; set TMPDIR to another folder for temporary files and rerun"
              .formatted(parent));
    }
    try {
      Path folder = Files.createDirectory(parent.resolve(PREFIX + UUID.randomUUID()), OWN);
      lock(folder);
      return folder;
    } catch (IOException e) {
      throw UserException.environment(
          "cannot write temporary files to %s (%s); set TMPDIR to a writable folder and rerun"
              .formatted(parent, reason(e, parent)),
          e);
    }
  }

  /**
   * Locks the file before it gets its name, so that it is never visible without a lock while this
   * process lives.
   */
  private static void lock(Path folder) throws IOException {
    Path unnamed = folder.resolve("new");
    FileChannel channel =
        FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    LOCKS.add(channel);
    if (channel.tryLock() != null) {
      Files.move(unnamed, folder.resolve(LeftoverRuns.LOCK), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static String reason(IOException e, Path parent) {
    if (!Files.exists(parent)) {
      return "no such folder";
    }
    if (!Files.isDirectory(parent)) {
      return "not a folder";
    }
    return e instanceof FileSystemException files && files.getReason() != null
        ? files.getReason()
        : "permission denied";
  }
}
