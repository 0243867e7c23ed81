package io.reverie.jobs.process;

import io.reverie.jobs.UserException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * A folder of this process alone below the folder for temporary files, which takes all of those:
 * ours, Spark's and what the libraries unpack. Others cannot look into it, or put something there
 * before. It goes with the process; if that was killed, with the next run.
 */
public final class RunFolder {

  static final String PREFIX = "reverie-";

  private static final String PROPERTY = "java.io.tmpdir";

  /** After Spark has removed its own, which is at 25 and above. */
  private static final int LAST = 1;

  private RunFolder() {}

  /**
   * Makes it, before anything asks the JVM where temporary files go, and removes those of dead
   * processes.
   *
   * @throws UserException if no such folder can be made
   */
  public static void open() {
    Path parent = Path.of(System.getProperty(PROPERTY)).toAbsolutePath();
    Path folder = create(parent);
    System.setProperty(PROPERTY, folder.toString());
    new DeadRuns(parent, folder).remove(false);
    ShutdownHookManager.get().addShutdownHook(() -> DeadRuns.delete(folder), LAST);
  }

  static Path create(Path parent) {
    try {
      // Nobody else may enter it: 0700.
      Path folder = Files.createTempDirectory(parent, PREFIX);
      mark(folder);
      return folder;
    } catch (IOException e) {
      throw UserException.environment(
          "no temporary files can be written in %s (%s); set TMPDIR to a folder where they can, and run again"
              .formatted(parent, reason(e, parent)),
          e);
    }
  }

  /** The lock is on the file before it has its name: nobody finds it free while we live. */
  private static void mark(Path folder) throws IOException {
    Path unnamed = folder.resolve("new");
    LockedFile.lock(unnamed);
    Files.move(unnamed, folder.resolve(DeadRuns.LOCK), StandardCopyOption.ATOMIC_MOVE);
  }

  private static String reason(IOException e, Path parent) {
    if (!Files.exists(parent)) {
      return "there is no such folder";
    }
    if (!Files.isDirectory(parent)) {
      return "it is no folder";
    }
    String message = String.valueOf(e.getMessage());
    int colon = message.lastIndexOf(": ");
    return colon < 0 ? "no permission" : message.substring(colon + 2);
  }

  /** Held to the end of the process, and by the system taken back with it. */
  private static final class LockedFile {

    private static FileChannel held;

    private LockedFile() {}

    static void lock(Path file) throws IOException {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        throw new IOException("it takes no locks");
      }
      held = channel;
    }
  }
}
