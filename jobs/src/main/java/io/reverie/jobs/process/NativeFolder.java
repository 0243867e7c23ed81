package io.reverie.jobs.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Chooses where DJL, JavaCPP and JNA unpack their native libraries. For users without a home
 * directory, they default to predictable paths in the folder for temporary files, which another
 * user could create first and fill with code of their own.
 */
public final class NativeFolder {

  /** DJL's and JavaCPP's folders in the home directory. */
  private static final List<String> DEFAULTS = List.of(".djl.ai", ".javacpp");

  private NativeFolder() {}

  /**
   * Chooses a folder in the cache or, if others could write to that, for this run only; the
   * libraries' own folders in the home directory stay in use if they are private. Call before any
   * native code is loaded. Settings that the user made for the libraries themselves are preserved.
   *
   * @param cache Reverie's cache folder
   */
  public static void choose(Path cache) {
    Path run = RunFolder.path();
    // Small, and otherwise next to other programs' libraries.
    set("jna.tmpdir", run);
    String configured = System.getenv("REVERIE_CACHE");
    boolean isConfigured = configured != null && !configured.isEmpty();
    if (!isConfigured && hasPrivateHome(Path.of(System.getProperty("user.home", "")), run)) {
      return;
    }
    Path natives = cache.resolve("natives");
    Path folder = PrivateFolder.create(natives) && PrivateFolder.is(natives, run) ? natives : run;
    if (System.getenv("DJL_CACHE_DIR") == null) {
      set("DJL_CACHE_DIR", folder.resolve("djl"));
    }
    set("org.bytedeco.javacpp.cachedir", folder.resolve("javacpp"));
  }

  static boolean hasPrivateHome(Path home, Path run) {
    return home.isAbsolute()
        && PrivateFolder.is(home, run)
        && DEFAULTS.stream()
            .map(home::resolve)
            .allMatch(folder -> !Files.exists(folder) || PrivateFolder.is(folder, run));
  }

  private static void set(String property, Path folder) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, folder.toAbsolutePath().toString());
    }
  }
}
