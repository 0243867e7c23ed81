package io.reverie.jobs.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Temporary folders that killed runs of this user left: those whose lock is free. A folder that has
 * no lock, belongs to another user or is a link is left alone.
 *
 * @param own the folder of this process, beside the others
 */
public record LeftoverRuns(Path own) {

  static final String LOCK = "lock";

  /** Removes the folders, or only lists them on a dry run. */
  public List<Path> remove(boolean dryRun) {
    List<Path> removed = new ArrayList<>();
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(own.getParent(), RunFolder.PREFIX + "*")) {
      for (Path folder : folders) {
        if (belongsToUser(folder) && removeIfDead(folder, dryRun)) {
          removed.add(folder);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // A failed cleanup must not fail the run.
    }
    removed.sort(null);
    return removed;
  }

  private boolean belongsToUser(Path folder) throws IOException {
    return !folder.equals(own)
        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS)
            .equals(Files.getOwner(own, LinkOption.NOFOLLOW_LINKS))
        && Files.isRegularFile(folder.resolve(LOCK), LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean removeIfDead(Path folder, boolean dryRun) {
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        return false;
      }
      if (!dryRun) {
        Deletion.deleteWhatCanBe(folder);
      }
      return true;
    } catch (IOException | OverlappingFileLockException e) {
      return false;
    }
  }
}
