package io.reverie.jobs.storage;

import io.reverie.jobs.process.Deletion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * File operations on local disks, HDFS and object stores. Files are published atomically on all of
 * them; a reader of the old content never sees parts of the new content: it reads on, or fails if
 * the store has dropped the old content.
 */
public sealed interface Storage permits LocalStorage, HadoopStorage {

  /** Returns the storage of a location, configured by the current Spark context. */
  static Storage of(Location location) throws IOException {
    return location.isLocal() ? LocalStorage.INSTANCE : HadoopStorage.of(location);
  }

  /** Returns whether a location is an existing folder or, by the slash at its end, a new one. */
  static boolean namesFolder(Location location) throws IOException {
    return location.endsWithSlash() || of(location).isFolder(location);
  }

  /** Looks up a file; empty if there is none. */
  Optional<FileEntry> find(Location file) throws IOException;

  /**
   * When a listed file was last written, renamed or replaced, in milliseconds since 1970. Unlike
   * the modification time, a copy cannot preserve it. The modification time where the file system
   * has no such time.
   */
  default long touched(FileEntry file) throws IOException {
    return file.modified();
  }

  /** Returns whether there is a folder, or any object below this prefix. */
  boolean isFolder(Location location) throws IOException;

  /**
   * Lists all files below a folder, at any depth, and what could not be listed. Pages are fetched
   * while the stream is read; the caller closes it. Links to folders are not followed. A folder
   * that does not exist is empty. Reading may throw an {@link java.io.UncheckedIOException}.
   */
  Stream<ListingEntry> walk(Location folder) throws IOException;

  /**
   * Lists a folder of inputs: follows links to folders, and leaves out the folder of the results,
   * wherever it is.
   */
  Stream<ListingEntry> inputs(Location folder, Location results) throws IOException;

  /**
   * Divides a folder into parts that can be listed at once; one part if that would not help.
   *
   * @param wanted number of parts, roughly
   */
  default List<ListingRange> split(Location folder, int wanted) throws IOException {
    return List.of(ListingRange.ALL);
  }

  /** As {@link #walk(Location)}, of a part of a folder. */
  default Stream<ListingEntry> walk(Location folder, ListingRange range) throws IOException {
    return walk(folder);
  }

  /** As {@link #inputs(Location, Location)}, of a part of a folder. */
  default Stream<ListingEntry> inputs(Location folder, Location results, ListingRange range)
      throws IOException {
    return inputs(folder, results);
  }

  /** Names the machines that hold the beginning of a file; empty if that is not known. */
  default List<String> hosts(Location file) throws IOException {
    return List.of();
  }

  /**
   * Resolves what may be spelled in several ways: links, even if the end does not exist, and what
   * the configuration adds to an address.
   */
  Location real(Location location) throws IOException;

  /** Lists files only. */
  default Stream<FileEntry> list(Location folder) throws IOException {
    return walk(folder)
        .flatMap(l -> l instanceof FileEntry file ? Stream.of(file) : Stream.empty());
  }

  /**
   * Refuses a file that a link would place outside a folder.
   *
   * @param folder may be a link itself
   * @param file below it, by name
   */
  void requireInside(Location folder, Location file) throws IOException;

  /** Opens a file from its start; the caller closes. */
  SeekableByteChannel open(Location file) throws IOException;

  /**
   * Opens a file as it was listed; the caller closes.
   *
   * @see #checksVersions
   */
  default SeekableByteChannel open(FileEntry entry) throws IOException {
    return open(entry.location());
  }

  /** Whether reading a listed file fails if another version has replaced it. */
  default boolean checksVersions() {
    return false;
  }

  /** Reads a file from its start; the caller closes. */
  InputStream read(Location file) throws IOException;

  /** Reads a file as it was listed, from its start; the caller closes. */
  default InputStream read(FileEntry entry) throws IOException {
    return read(entry.location());
  }

  /**
   * Returns a local path that does not exist yet, to be written and then published by {@link
   * #commit}.
   */
  Path part(Location target) throws IOException;

  /**
   * Publishes a part under the target's name. The caller deletes the part if it still exists
   * afterwards.
   */
  void commit(Path part, Location target) throws IOException;

  void write(Location target, byte[] content) throws IOException;

  /**
   * Writes a small file if none exists. Of several concurrent attempts, one succeeds.
   *
   * @return whether this attempt succeeded; after a lost response, a successful attempt may return
   *     false, so compare the content
   * @throws UnsupportedCreationException if the store says that it cannot; others overwrite the
   *     file without a word
   */
  boolean create(Location target, byte[] content) throws IOException;

  /** Deletes a file, or a folder with its content; does nothing if there is none. */
  void delete(Location location) throws IOException;

  /** Deletes one file, which is no folder; does nothing if there is none. */
  default void deleteFile(Location file) throws IOException {
    delete(file);
  }

  /** Deletes files of one bucket, or below one folder. */
  default void deleteFiles(List<Location> files) throws IOException {
    for (Location file : files) {
      deleteFile(file);
    }
  }

  void deleteIfEmpty(Location folder) throws IOException;

  /**
   * Aborts unfinished uploads below a folder: some stores keep and bill their parts forever. In
   * file systems, deletes the hidden partial files of killed processes instead.
   *
   * @param before start of the oldest upload to keep, in milliseconds since 1970
   * @return number of aborted uploads
   */
  int abortUploads(Location folder, long before) throws IOException;

  /** Writes the content of a file. */
  interface Writer<T> {
    /** Writes to a path that does not exist yet. */
    T write(Path part) throws IOException;
  }

  /** Writes a local file and publishes it. */
  default <T> T publish(Location target, Writer<T> writer) throws IOException {
    Path part = part(target);
    try {
      T result = writer.write(part);
      commit(part, target);
      return result;
    } finally {
      Deletion.delete(part);
    }
  }
}
