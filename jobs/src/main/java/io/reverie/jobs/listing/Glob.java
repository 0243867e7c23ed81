package io.reverie.jobs.listing;

import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.util.Optional;

/**
 * A pattern of file names with {@code *}, {@code **}, {@code ?}, {@code [..]} or <code>{..}</code>.
 *
 * @param base folder below which files are listed
 */
public record Glob(Location base, PathMatcher matcher) {

  private static final String WILDCARDS = "*?[{";

  /** Parses an input; empty if it contains no wildcard. */
  public static Optional<Glob> of(Location input) {
    String text = input.text();
    int wildcard = 0;
    while (wildcard < text.length() && WILDCARDS.indexOf(text.charAt(wildcard)) < 0) {
      wildcard++;
    }
    if (wildcard == text.length()) {
      return Optional.empty();
    }
    int slash = text.lastIndexOf('/', wildcard);
    Location base = new Location(slash < 0 ? "." : text.substring(0, Math.max(1, slash)));
    PathMatcher matcher =
        FileSystems.getDefault().getPathMatcher("glob:" + text.substring(slash + 1));
    return Optional.of(new Glob(base, matcher));
  }

  /** Parses an input; empty as well if it is a file, whose name may contain anything. */
  public static Optional<Glob> unlessFile(Location input) throws IOException {
    Optional<Glob> glob = of(input);
    return glob.isEmpty() || Storage.of(input).find(input).isPresent() ? Optional.empty() : glob;
  }

  /** Returns whether a name relative to the base matches. */
  public boolean matches(String name) {
    return matcher.matches(new Location(name).path());
  }
}
