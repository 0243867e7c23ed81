package io.reverie.jobs.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Folders whose content no other account can have written, except the administrator. */
final class PrivateFolder {

  private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rwx------");
  private static final int ROOT = 0;
  private static final int WRITABLE_BY_OTHERS = 0022;

  /** Only the owner of a file in such a folder may rename or delete it, as in /tmp. */
  private static final int STICKY = 01000;

  private PrivateFolder() {}

  /** Creates a folder of mode 0700 if there is none; returns whether it exists. */
  static boolean create(Path folder) {
    try {
      if (!Files.exists(folder)) {
        Files.createDirectories(Objects.requireNonNull(folder.toAbsolutePath().getParent()));
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWN));
      }
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /**
   * Returns whether this user owns the folder and alone can write to it, and no other user can
   * replace it by renaming a folder above it.
   *
   * @param own a folder that this process created
   */
  static boolean is(Path folder, Path own) {
    try {
      Path real = folder.toRealPath();
      int user = number(own, "uid");
      if (!Files.isDirectory(real)
          || !Files.isWritable(real)
          || number(real, "uid") != user
          || (number(real, "mode") & WRITABLE_BY_OTHERS) != 0) {
        return false;
      }
      for (Path above :
          Stream.iterate(real.getParent(), Objects::nonNull, Path::getParent).toList()) {
        int owner = number(above, "uid");
        int mode = number(above, "mode");
        boolean others = (mode & WRITABLE_BY_OTHERS) != 0 && (mode & STICKY) == 0;
        if (others || (owner != user && owner != ROOT)) {
          return false;
        }
      }
      return true;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  private static int number(Path file, String attribute) throws IOException {
    return (Integer) Files.getAttribute(file, "unix:" + attribute);
  }
}
