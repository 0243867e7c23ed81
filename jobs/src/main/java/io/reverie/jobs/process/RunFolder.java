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
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * A folder of this process alone below the folder for temporary files, which takes all of those:
 * ours, Spark's and what the libraries unpack. Others cannot look into it, or put something there
 * before. It goes with the process; if that was killed, with the next run.
 */
public final class RunFolder {

  static final String PREFIX = "reverie-";

  /** Others may not enter it. */
  private static final FileAttribute<?> OWN =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final String PROPERTY = "java.io.tmpdir";

  /** After Spark has removed its own, which is at 25 and above. */
  private static final int LAST = 1;

  /** Held to the end of the process, and by the system taken back with it. */
  private static final List<FileChannel> LOCKS = new CopyOnWriteArrayList<>();

  private RunFolder() {}

  private static final class Holder {
    static final Path FOLDER = create(parent());
  }

  /**
   * The folder.
   *
   * @throws UserException if none can be made
   */
  public static Path path() {
    try {
      return Holder.FOLDER;
    } catch (ExceptionInInitializerError e) {
      if (e.getCause() instanceof UserException told) {
        throw told;
      }
      throw e;
    }
  }

  /**
   * Tells the libraries that ask for the folder for temporary files by its property. What the JDK
   * itself makes, as by {@code Files.createTempFile}, stays where it was: name this folder there.
   */
  public static void open() {
    System.setProperty(PROPERTY, path().toString());
  }

  /** Where Spark's workers and YARN clean up after a process that was killed, if it is theirs. */
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
    ShutdownHookManager.get().addShutdownHook(() -> LeftoverRuns.delete(folder), LAST);
    return folder;
  }

  static Path under(Path parent) {
    if (parent.toString().contains(",")) {
      throw UserException.environment(
          "Spark would take %s, which has a comma in it, for several folders; set TMPDIR to another folder for temporary files, and run again"
              .formatted(parent));
    }
    try {
      Path folder = Files.createDirectory(parent.resolve(PREFIX + UUID.randomUUID()), OWN);
      lock(folder);
      return folder;
    } catch (IOException e) {
      throw UserException.environment(
          "no temporary files can be written in %s (%s); set TMPDIR to a folder where they can, and run again"
              .formatted(parent, reason(e, parent)),
          e);
    }
  }

  /** The lock is on the file before it has its name: it is never seen free while we live. */
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
      return "there is no such folder";
    }
    if (!Files.isDirectory(parent)) {
      return "it is no folder";
    }
    return e instanceof FileSystemException files && files.getReason() != null
        ? files.getReason()
        : "no permission";
  }
}
