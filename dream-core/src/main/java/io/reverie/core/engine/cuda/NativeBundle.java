package io.reverie.core.engine.cuda;

import ai.djl.util.ClassLoaderUtils;
import io.reverie.core.DreamException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;

/**
 * Native libraries in jars of the class path, unpacked together into one folder, in which they find
 * each other.
 */
record NativeBundle(List<Member> members) {

  private static final Set<PosixFilePermission> OTHERS_WRITE =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  /**
   * One library.
   *
   * @param file its name in the folder
   * @param size in bytes
   * @param crc CRC-32 of the content, as the jar lists it
   */
  record Member(URL url, String file, long size, long crc) {}

  NativeBundle {
    members = List.copyOf(members);
  }

  /**
   * Finds resources of the class path, each in a jar.
   *
   * @return empty if one is not there
   */
  static Optional<NativeBundle> of(List<String> resources) {
    List<Member> members = new ArrayList<>();
    for (String resource : resources) {
      try {
        URL url = ClassLoaderUtils.getResource(resource);
        if (url == null) {
          return Optional.empty();
        }
        members.add(member(url, resource.substring(resource.lastIndexOf('/') + 1)));
      } catch (IOException e) {
        throw new DreamException(
            "%s cannot be read from the class path (%s); build again"
                .formatted(resource, e.getMessage()),
            e);
      }
    }
    return Optional.of(new NativeBundle(members));
  }

  private static Member member(URL url, String file) throws IOException {
    if (!(url.openConnection() instanceof JarURLConnection jar)) {
      throw new IOException(url + " is not in a jar, so its size is unknown");
    }
    ZipEntry entry = jar.getJarEntry();
    return new Member(url, file, entry.getSize(), entry.getCrc());
  }

  /** The sum of the sizes in bytes. */
  long size() {
    return members.stream().mapToLong(Member::size).sum();
  }

  /** Differs between versions of the libraries. */
  private String key() {
    CRC32 crc = new CRC32();
    for (Member member : members) {
      String line = "%s %d %d\n".formatted(member.file(), member.size(), member.crc());
      crc.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return "%08x".formatted(crc.getValue());
  }

  /**
   * Unpacks the libraries unless they are there. The folder appears under its name only when every
   * file has the checksum that its jar lists; several processes may do this at once.
   *
   * @param cache created if necessary
   * @param name of the folder, followed by a key of its content
   * @return the folder
   * @throws DreamException if there is no space, or if others may write to the folder
   */
  Path unpack(Path cache, String name) {
    Path folder = cache.resolve(name + "-" + key());
    try {
      if (!Files.exists(folder)) {
        publish(folder);
      }
      check(folder);
      return folder.toRealPath();
    } catch (IOException e) {
      throw new DreamException(
          "libtorch for CUDA (%d MB) cannot be unpacked into %s; free space there, or set DJL_CACHE_DIR to another folder (%s)"
              .formatted(size() >> 20, cache, e),
          e);
    }
  }

  private void publish(Path folder) throws IOException {
    Path cache = Files.createDirectories(folder.toAbsolutePath().getParent());
    // Of mode 0700.
    Path unfinished = Files.createTempDirectory(cache, "unpacking-");
    try {
      for (Member member : members) {
        copy(member, unfinished.resolve(member.file()));
      }
      try {
        Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
        // Another process was faster; its folder is checked like any other.
        delete(unfinished);
      }
    } catch (IOException | RuntimeException e) {
      delete(unfinished);
      throw e;
    }
  }

  private static void copy(Member member, Path file) throws IOException {
    URLConnection connection = member.url().openConnection();
    try (InputStream in = connection.getInputStream();
        CheckedInputStream checked = new CheckedInputStream(in, new CRC32());
        OutputStream out = Files.newOutputStream(file)) {
      checked.transferTo(out);
      if (checked.getChecksum().getValue() != member.crc()) {
        throw new IOException(member.url() + " is damaged: its checksum differs");
      }
    }
  }

  /** The checksums were compared when it was unpacked; later only the folder's owner can write. */
  private void check(Path folder) throws IOException {
    requirePrivate(folder);
    for (Member member : members) {
      Path file = folder.resolve(member.file());
      requirePrivate(file);
      if (Files.size(file) != member.size()) {
        throw new DreamException(
            "%s has %d bytes instead of %d; delete %s and rerun"
                .formatted(file, Files.size(file), member.size(), folder));
      }
    }
  }

  private static void requirePrivate(Path file) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (permissions.stream().anyMatch(OTHERS_WRITE::contains)) {
      throw new DreamException(
          "%s may be written by other accounts, whose code would run here; delete its folder and rerun"
              .formatted(file));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
