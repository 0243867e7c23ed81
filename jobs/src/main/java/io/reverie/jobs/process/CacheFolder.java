package io.reverie.jobs.process;

import java.nio.file.Path;

/** The user's cache of downloaded weights and unpacked native libraries. */
public final class CacheFolder {

  private CacheFolder() {}

  /**
   * {@code $REVERIE_CACHE}, else {@code $XDG_CACHE_HOME/reverie}, else {@code ~/.cache/reverie}.
   */
  public static Path path() {
    String configured = System.getenv("REVERIE_CACHE");
    if (configured != null && !configured.isEmpty()) {
      return Path.of(configured);
    }
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg != null && !xdg.isEmpty()
            ? Path.of(xdg)
            : Path.of(System.getProperty("user.home"), ".cache");
    return base.resolve("reverie");
  }
}
