package io.reverie.jobs.storage;

import io.reverie.jobs.process.Deletion;
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
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Files of this machine, including shared file systems mounted on all machines. It uses the JDK
 * instead of Hadoop, which rejects some file names and whose local renames are not atomic.
 */
final class LocalStorage implements Storage {

  static final LocalStorage INSTANCE = new LocalStorage();

  private LocalStorage() {}

  @Override
  public Optional<FileEntry> find(Location file) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file.path(), BasicFileAttributes.class);
      return attributes.isRegularFile() ? Optional.of(entry(file, attributes)) : Optional.empty();
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

  static FileEntry entry(Location file, BasicFileAttributes attributes) {
    long nanos = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    return new FileEntry(
        file, attributes.size(), attributes.lastModifiedTime().toMillis(), Long.toString(nanos));
  }

  @Override
  public long touched(FileEntry file) throws IOException {
    Path path = file.location().path();
    return path.getFileSystem().supportedFileAttributeViews().contains("unix")
        ? Math.max(file.modified(), ((FileTime) Files.getAttribute(path, "unix:ctime")).toMillis())
        : file.modified();
  }

  @Override
  public boolean isFolder(Location location) {
    return Files.isDirectory(location.path());
  }

  @Override
  public Stream<ListingEntry> walk(Location folder) throws IOException {
    return isFolder(folder) ? stream(new LocalWalk(folder, false, Optional.empty())) : Stream.of();
  }

  @Override
  public Stream<ListingEntry> inputs(Location folder, Location results) throws IOException {
    return isFolder(folder) ? stream(new LocalWalk(folder, true, key(results))) : Stream.of();
  }

  private static Stream<ListingEntry> stream(LocalWalk walk) {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(walk, Spliterator.NONNULL), false)
        .onClose(walk::close);
  }

  /** The key of an existing local folder. */
  private static Optional<Object> key(Location folder) throws IOException {
    if (!folder.isLocal() || !Files.isDirectory(folder.path())) {
      return Optional.empty();
    }
    Path resolved = folder.path().toRealPath();
    return Optional.of(
        LocalWalk.key(resolved, Files.readAttributes(resolved, BasicFileAttributes.class)));
  }

  @Override
  public void requireInside(Location folder, Location file) throws IOException {
    Path resolved = resolved(folder.path());
    Path existing = resolved(Objects.requireNonNull(file.path().toAbsolutePath().getParent()));
    if (!existing.startsWith(resolved)) {
      throw new StorageException(
          "%s: a link below %s leads outside it, to %s; Reverie does not write there. Remove the link, or"
                  .formatted(file, folder, existing)
              + " name another output");
    }
  }

  @Override
  public Location real(Location location) throws IOException {
    return new Location(resolved(location.path().toAbsolutePath().normalize()).toString());
  }

  /** The path after resolving all links, even if its end does not exist. */
  private static Path resolved(Path path) throws IOException {
    Path whole = path.toAbsolutePath();
    Path existing = whole;
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return existing.toRealPath().resolve(existing.relativize(whole)).normalize();
  }

  @Override
  public SeekableByteChannel open(Location file) throws IOException {
    return Files.newByteChannel(file.path());
  }

  @Override
  public InputStream read(Location file) throws IOException {
    return Files.newInputStream(file.path());
  }

  @Override
  public SeekableByteChannel open(FileEntry file) throws IOException {
    return open(file.location());
  }

  @Override
  public InputStream read(FileEntry file) throws IOException {
    return read(file.location());
  }

  /** A hidden file in the same folder, so that it can be renamed. */
  @Override
  public Path part(Location target) throws IOException {
    Path folder = target.path().toAbsolutePath().getParent();
    return Files.createDirectories(folder).resolve(PartialFiles.name());
  }

  @Override
  public void commit(Path part, Location target) throws IOException {
    try (FileChannel content = FileChannel.open(part, StandardOpenOption.WRITE)) {
      // Otherwise a power failure may leave the new name without its content.
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
      // A link appears with its content, or fails if the target exists.
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
    Deletion.delete(location.path());
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
