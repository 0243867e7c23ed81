package io.reverie.jobs.process;

import java.nio.file.Path;

/** The user's cache of downloaded weights and unpacked native libraries. */
public final class CacheFolder {

  private CacheFolder() {}

  /**
   * {@code $REVERIE_CACHE}, else {@code $XDG_CACHE_HOME/reverie}, else {@code ~/.cache/reverie};
   * for a user without a home, the folder of this run.
   */
  public static Path path() {
    String configured = System.getenv("REVERIE_CACHE");
    if (configured != null && !configured.isEmpty()) {
      return Path.of(configured);
    }
    String xdg = System.getenv("XDG_CACHE_HOME");
    if (xdg != null && !xdg.isEmpty()) {
      return Path.of(xdg).resolve("reverie");
    }
    // The JDK's home of a user without one is "?", which would be a folder of the working
    // directory.
    Path home = Path.of(System.getProperty("user.home", ""));
    return home.isAbsolute() ? home.resolve(".cache/reverie") : RunFolder.path().resolve("cache");
  }
}
