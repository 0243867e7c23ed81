package io.reverie.jobs.sync;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;

/**
 * Where a sync reads and writes. The results may be below the inputs, but not the other way round:
 * a result could replace an input.
 */
record SyncFolders(Location in, Location out) implements Serializable {

  /** Resolves the prefixes that the user named. */
  static SyncFolders of(String in, String out) throws IOException {
    Location from = real(in);
    if (from.isLocal() && !Files.isDirectory(from.path())) {
      throw UserException.environment("folder %s does not exist; check the path".formatted(in));
    }
    Location to = real(out);
    if (to.holds(from)) {
      throw UserException.usage(
          "%s %s %s, so results could replace inputs; choose another output"
              .formatted(in, from.holds(to) ? "is the same as" : "is below", out));
    }
    return new SyncFolders(from, to);
  }

  /** Removes trailing slashes and resolves symbolic links, which a walk would not follow. */
  private static Location real(String text) throws IOException {
    Location named = Location.of(text.replaceFirst("(?<=[^:/])/+$", ""));
    // The root of a bucket needs its slash.
    Location location = named.text().matches("[^:]+://[^/]+") ? named.asFolder() : named;
    return Storage.of(location).real(location);
  }
}
