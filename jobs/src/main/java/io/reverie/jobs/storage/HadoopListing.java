package io.reverie.jobs.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.functional.RemoteIterators;

/** Lists the files below a folder, page by page. */
final class HadoopListing extends Spliterators.AbstractSpliterator<ListingEntry> {

  /** Old stores support only version 1 of S3's list request. */
  private static final String LIST_VERSION = "fs.s3a.list.version";

  private final Location folder;
  private final Path root;
  private final String prefix;
  private final FileSystem files;
  private final Deque<Path> pending = new ArrayDeque<>();
  private RemoteIterator<? extends FileStatus> all;

  private HadoopListing(
      Location folder, Path root, FileSystem files, RemoteIterator<? extends FileStatus> all) {
    super(Long.MAX_VALUE, Spliterator.NONNULL);
    this.folder = folder;
    this.root = root;
    this.prefix = new Location(root.toString()).asFolder().text();
    this.files = files;
    this.all = all;
  }

  /**
   * Lists everything below a folder.
   *
   * @param range part of the keys, if the store can list parts
   * @param objectStore whether a single request can list everything; a file system is listed folder
   *     by folder, so that an unreadable folder does not hide the others
   */
  static Stream<ListingEntry> of(
      Location folder, Path root, FileSystem files, boolean objectStore, ListingRange range)
      throws IOException {
    try {
      if (files instanceof S3AFileSystem s3 && listsKeys(s3)) {
        return StreamSupport.stream(new S3Keys(folder, root, s3, range), false);
      }
      // Some file systems refuse to list below a file.
      if (!objectStore && !files.getFileStatus(root).isDirectory()) {
        return Stream.empty();
      }
      RemoteIterator<? extends FileStatus> all =
          objectStore ? files.listFiles(root, true) : files.listLocatedStatus(root);
      return StreamSupport.stream(new HadoopListing(folder, root, files, all), false);
    } catch (FileNotFoundException e) {
      return Stream.empty();
    }
  }

  /** Whether exact keys, and parts of them, can be listed. */
  static boolean listsKeys(S3AFileSystem files) {
    return files.getConf().getInt(LIST_VERSION, 2) == 2;
  }

  @Override
  public boolean tryAdvance(Consumer<? super ListingEntry> action) {
    try {
      Optional<ListingEntry> found = Optional.empty();
      while (found.isEmpty() && (hasNext() || !pending.isEmpty())) {
        found = hasNext() ? inspect(all.next()) : enter(pending.pop());
      }
      found.ifPresent(action);
      return found.isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(StorageException.of(folder, e));
    }
  }

  private boolean hasNext() throws IOException {
    try {
      return all.hasNext();
    } catch (FileNotFoundException e) {
      // The folder was deleted while it was listed.
      all = empty();
      return false;
    }
  }

  private Optional<ListingEntry> enter(Path next) throws IOException {
    try {
      all = files.listLocatedStatus(next);
    } catch (FileNotFoundException e) {
      // The folder was deleted after it was listed.
      all = empty();
    } catch (AccessControlException e) {
      all = empty();
      return Optional.of(
          new ListingFault(
              location(next),
              StorageErrorMessages.of(location(next).text(), e),
              ListingFault.Hides.FILES));
    }
    return Optional.empty();
  }

  private static RemoteIterator<FileStatus> empty() {
    return RemoteIterators.remoteIteratorFromIterator(Collections.emptyIterator());
  }

  private Optional<ListingEntry> inspect(FileStatus status) {
    Path path = status.getPath();
    if (status.isDirectory()) {
      pending.push(path);
      return Optional.empty();
    }
    if (path.equals(root)) {
      // The listing of a file is the file itself.
      return Optional.empty();
    }
    String text = path.toString();
    return text.startsWith(prefix)
        ? Optional.of(HadoopStorage.entry(location(path), status))
        : Optional.of(
            ListingFault.file(
                new Location(text), "its name leads out of %s; rename it".formatted(folder)));
  }

  private Location location(Path path) {
    return folder.resolve(path.toString().substring(prefix.length()));
  }
}
