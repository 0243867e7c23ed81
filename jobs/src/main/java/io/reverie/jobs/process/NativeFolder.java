package io.reverie.jobs.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Where DJL, JavaCPP and JNA unpack their natives. Of users without a home they take paths in the
 * folder for temporary files that anyone can foretell, fill before, or own: another user's program
 * would run here.
 */
public final class NativeFolder {

  private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rwx------");

  private NativeFolder() {}

  /**
   * Chooses one in the cache or for this run alone, where the home is not the user's own; to be
   * called before anything native. What the user has said to the libraries themselves stays.
   *
   * @param cache of Reverie's
   */
  public static void choose(Path cache) {
    Path run = RunFolder.path();
    String told = System.getenv("REVERIE_CACHE");
    boolean isTold = told != null && !told.isEmpty();
    if (!isTold && isOwn(Path.of(System.getProperty("user.home")), run)) {
      return;
    }
    Path natives = cache.resolve("natives");
    Path folder = isMade(natives) && isOwn(natives, run) ? natives : run;
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

  private static boolean isMade(Path folder) {
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

  /** A folder that this user owns and can write, and others cannot. */
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
