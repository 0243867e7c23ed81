package io.reverie.jobs.sync;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

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
    Location location = Location.of(text.replaceFirst("(?<=[^:/])/+$", ""));
    if (!location.isLocal()) {
      // The root of a bucket needs its slash.
      return location.text().matches("[^:]+://[^/]+")
          ? new Location(location.text() + "/")
          : location;
    }
    Path path = location.path().toAbsolutePath().normalize();
    Path existing = path;
    while (!Files.exists(existing)) {
      existing = Objects.requireNonNull(existing.getParent());
    }
    Path real = existing.toRealPath();
    return new Location(
        existing.equals(path)
            ? real.toString()
            : real.resolve(existing.relativize(path)).toString());
  }
}
