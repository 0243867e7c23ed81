package io.reverie.jobs.trust;

import io.reverie.jobs.storage.Entry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.NumberedFiles;
import io.reverie.video.FramePattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The folder of a result, of which a note may name any file.
 *
 * @param folder local or in a bucket
 */
public record ResultFolder(Location folder) {

  /** The one that a result is in. */
  public static ResultFolder of(Location result) {
    return new ResultFolder(result.parent());
  }

  /**
   * Whether a file is in it or below it, and no link leads out of it.
   *
   * @param file that need not be there; numbered files count one by one
   */
  public boolean holds(Location file) throws IOException {
    if (file.isLocal() != folder.isLocal() || !folder.holds(file) || climbs(file)) {
      return false;
    }
    if (!file.isLocal()) {
      return true;
    }
    if (!isBelow(file.path())) {
      return false;
    }
    if (FramePattern.isPattern(file.name()) && !Files.exists(file.path())) {
      for (Entry each : NumberedFiles.of(file)) {
        if (!isBelow(each.location().path())) {
          return false;
        }
      }
    }
    return true;
  }

  /** Local paths are compared without such parts; a store may take them for a way up, or not. */
  private static boolean climbs(Location file) {
    return !file.isLocal() && Arrays.asList(file.text().split("/", -1)).contains("..");
  }

  private boolean isBelow(Path file) throws IOException {
    Path existing = file.toAbsolutePath().normalize();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    Path root = folder.path().toAbsolutePath().normalize();
    // Nothing is there to be read.
    return !existing.startsWith(root) || existing.toRealPath().startsWith(root.toRealPath());
  }
}
