package io.reverie.jobs.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Chooses where DJL, JavaCPP and JNA unpack their native libraries. For users without a home
 * directory, they default to predictable paths in the folder for temporary files, which another
 * user could create first and fill with code of their own.
 */
public final class NativeFolder {

  private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rwx------");

  private NativeFolder() {}

  /**
   * Chooses a folder in the cache or, where the home directory is not the user's own, for this run
   * only; call before any native code is loaded. Settings that the user made for the libraries
   * themselves are preserved.
   *
   * @param cache Reverie's cache folder
   */
  public static void choose(Path cache) {
    Path run = RunFolder.path();
    String configured = System.getenv("REVERIE_CACHE");
    boolean isConfigured = configured != null && !configured.isEmpty();
    if (!isConfigured && isOwn(Path.of(System.getProperty("user.home")), run)) {
      return;
    }
    Path natives = cache.resolve("natives");
    Path folder = createIfMissing(natives) && isOwn(natives, run) ? natives : run;
    if (System.getenv("DJL_CACHE_DIR") == null) {
      set("DJL_CACHE_DIR", folder.resolve("djl"));
    }
    set("org.bytedeco.javacpp.cachedir", folder.resolve("javacpp"));
    set("jna.tmpdir", run);
  }

  private static void set(String property, Path folder) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, folder.toAbsolutePath().toString());
    }
  }

  private static boolean createIfMissing(Path folder) {
    try {
      if (!Files.exists(folder)) {
        Files.createDirectories(folder.getParent());
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWN));
      }
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** Whether this user owns the folder and can write to it, and others cannot. */
  static boolean isOwn(Path folder, Path run) {
    try {
      Path real = folder.toRealPath();
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(real);
      return Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)
          && Files.isWritable(real)
          && Files.getOwner(real).equals(Files.getOwner(run))
          && !permissions.contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
