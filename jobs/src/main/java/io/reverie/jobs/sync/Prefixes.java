package io.reverie.jobs.sync;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a sync reads and writes. The results may lie below the inputs, but not the other way round:
 * one could fall upon an input.
 */
record Prefixes(Location in, Location out) implements Serializable {

  /** As the user gives them. */
  static Prefixes of(String in, String out) throws IOException {
    Location from = real(in);
    if (from.isLocal() && !Files.isDirectory(from.path())) {
      throw UserException.environment("there is no folder %s; check the path".formatted(in));
    }
    Location to = real(out);
    if (to.holds(from)) {
      throw UserException.usage(
          "%s %s %s: results could replace inputs; choose another output"
              .formatted(in, from.holds(to) ? "is" : "lies below", out));
    }
    return new Prefixes(from, to);
  }

  /** Without slashes at the end, and without symbolic links, which a walk would not follow. */
  private static Location real(String text) throws IOException {
    Location location = Location.of(text.replaceFirst("(?<=[^:/])/+$", ""));
    if (!location.isLocal()) {
      // The root of a bucket is written with its slash.
      return location.text().matches("[^:]+://[^/]+")
          ? new Location(location.text() + "/")
          : location;
    }
    Path path = location.path().toAbsolutePath().normalize();
    Path there = path;
    while (!Files.exists(there)) {
      there = Objects.requireNonNull(there.getParent());
    }
    Path real = there.toRealPath();
    return new Location(
        there.equals(path) ? real.toString() : real.resolve(there.relativize(path)).toString());
  }
}
