package io.reverie.jobs.trust;

import io.reverie.jobs.listing.NumberedFiles;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.video.FramePattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The folder of a result; a note may refer to any file in it.
 *
 * @param folder local or in a bucket
 */
public record ResultFolder(Location folder) {

  public static ResultFolder of(Location result) {
    return new ResultFolder(result.parent());
  }

  /**
   * Returns whether a file is in the folder or below it, without a link that leads out.
   *
   * @param file need not exist; numbered files are checked one by one
   */
  public boolean holds(Location file) throws IOException {
    if (file.isLocal() != folder.isLocal() || !folder.holds(file) || hasParentParts(file)) {
      return false;
    }
    if (!file.isLocal()) {
      return true;
    }
    if (!isBelow(file.path())) {
      return false;
    }
    if (FramePattern.isPattern(file.name()) && !Files.exists(file.path())) {
      for (FileEntry each : NumberedFiles.of(file)) {
        if (!isBelow(each.location().path())) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Returns whether a key has ".." parts, which a store may or may not resolve; local paths are
   * normalized before they are compared.
   */
  private static boolean hasParentParts(Location file) {
    return !file.isLocal() && Arrays.asList(file.text().split("/", -1)).contains("..");
  }

  private boolean isBelow(Path file) throws IOException {
    Path existing = file.toAbsolutePath().normalize();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    Path root = folder.path().toAbsolutePath().normalize();
    // Below a folder that does not exist, there is nothing to read.
    return !existing.startsWith(root) || existing.toRealPath().startsWith(root.toRealPath());
  }
}
