package io.reverie.jobs.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * This machine's files, also those of a shared file system that all machines mount. The JDK's own
 * access, not Hadoop's: its paths stumble over some names, and its local renames are not atomic.
 */
final class LocalStorage implements Storage {

  static final LocalStorage INSTANCE = new LocalStorage();

  private LocalStorage() {}

  @Override
  public Optional<Entry> find(Location file) throws IOException {
    try {
      BasicFileAttributes seen = Files.readAttributes(file.path(), BasicFileAttributes.class);
      return seen.isRegularFile() ? Optional.of(entry(file, seen)) : Optional.empty();
    } catch (FileSystemException e) {
      if (e instanceof NoSuchFileException || isBelowFile(file.path())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static boolean isBelowFile(Path path) {
    return Stream.iterate(path.getParent(), Objects::nonNull, Path::getParent)
        .anyMatch(Files::isRegularFile);
  }

  static Entry entry(Location file, BasicFileAttributes seen) {
    long nanos = seen.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    return new Entry(file, seen.size(), seen.lastModifiedTime().toMillis(), Long.toString(nanos));
  }

  @Override
  public boolean isFolder(Location location) {
    return Files.isDirectory(location.path());
  }

  @Override
  public Stream<Listed> walk(Location folder) throws IOException {
    return isFolder(folder) ? stream(new LocalWalk(folder, false, Optional.empty())) : Stream.of();
  }

  @Override
  public Stream<Listed> inputs(Location folder, Location results) throws IOException {
    return isFolder(folder) ? stream(new LocalWalk(folder, true, key(results))) : Stream.of();
  }

  private static Stream<Listed> stream(LocalWalk walk) {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(walk, Spliterator.NONNULL), false)
        .onClose(walk::close);
  }

  /** Of a folder of this machine that is there. */
  private static Optional<Object> key(Location folder) throws IOException {
    if (!folder.isLocal() || !Files.isDirectory(folder.path())) {
      return Optional.empty();
    }
    Path real = folder.path().toRealPath();
    return Optional.of(LocalWalk.key(real, Files.readAttributes(real, BasicFileAttributes.class)));
  }

  @Override
  public void requireInside(Location folder, Location file) throws IOException {
    Path real = real(folder.path());
    Path there = real(Objects.requireNonNull(file.path().toAbsolutePath().getParent()));
    if (!there.startsWith(real)) {
      throw new StorageException(
          "%s: a link below %s leads out of it, to %s, where nothing is written; remove the link, or"
                  .formatted(file, folder, there)
              + " name another output");
    }
  }

  /** Where it is, or would be, once all links are followed. */
  private static Path real(Path path) throws IOException {
    Path whole = path.toAbsolutePath();
    Path there = whole;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return there.toRealPath().resolve(there.relativize(whole)).normalize();
  }

  @Override
  public SeekableByteChannel open(Location file) throws IOException {
    return Files.newByteChannel(file.path());
  }

  @Override
  public InputStream read(Location file) throws IOException {
    return Files.newInputStream(file.path());
  }

  /** Hidden, in the same folder, so that it can be renamed. */
  @Override
  public Path part(Location target) throws IOException {
    Path folder = target.path().toAbsolutePath().getParent();
    return Files.createDirectories(folder).resolve(PartialFiles.name());
  }

  @Override
  public void commit(Path part, Location target) throws IOException {
    try (FileChannel content = FileChannel.open(part, StandardOpenOption.WRITE)) {
      // Else a machine that loses its power may keep the new name without the content.
      content.force(true);
    }
    Files.move(
        part, target.path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void write(Location target, byte[] content) throws IOException {
    publish(target, part -> Files.write(part, content));
  }

  @Override
  public boolean create(Location target, byte[] content) throws IOException {
    Path part = part(target);
    try {
      Files.write(part, content);
      // A link appears with its content, or fails where there is something.
      Files.createLink(target.path(), part);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  @Override
  public void delete(Location location) throws IOException {
    TempFiles.delete(location.path());
  }

  @Override
  public void deleteIfEmpty(Location folder) throws IOException {
    try {
      Files.deleteIfExists(folder.path());
    } catch (DirectoryNotEmptyException e) {
      // Others still need it.
      return;
    }
  }

  @Override
  public int abortUploads(Location folder, long before) throws IOException {
    return PartialFiles.delete(this, folder, before);
  }
}
