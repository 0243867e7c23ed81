package io.reverie.jobs.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A place for files. What is written appears complete or not at all, everywhere; a reader of the
 * old content never gets some of the new: he reads on, or fails where the store no longer has it.
 */
public sealed interface Storage permits LocalStorage, HadoopStorage {

  /** The storage that a location belongs to, with the configuration of the running Spark. */
  static Storage of(Location location) throws IOException {
    return location.isLocal() ? LocalStorage.INSTANCE : HadoopStorage.of(location);
  }

  /** Whether a location is a folder, or one that is to be, as the slash at its end says. */
  static boolean namesFolder(Location location) throws IOException {
    return location.endsWithSlash() || of(location).isFolder(location);
  }

  /** A file; empty if there is none. */
  Optional<Entry> find(Location file) throws IOException;

  /** Whether it is a folder, or anything lies below. */
  boolean isFolder(Location location) throws IOException;

  /**
   * All files below a folder, however deep, and what could not be listed; read on as the stream is,
   * which the caller closes. Links to folders are not followed. Nothing if there is no such folder.
   * What goes wrong with all of it is an {@link java.io.UncheckedIOException}.
   */
  Stream<Listed> walk(Location folder) throws IOException;

  /**
   * The same for a folder of inputs: links to folders are followed, and nothing in the folder of
   * the results is taken, wherever that is.
   */
  Stream<Listed> inputs(Location folder, Location results) throws IOException;

  /** The files alone. */
  default Stream<Entry> list(Location folder) throws IOException {
    return walk(folder).flatMap(l -> l instanceof Entry file ? Stream.of(file) : Stream.empty());
  }

  /**
   * Refuses a file that a link would put outside of a folder.
   *
   * @param folder which may be a link itself
   * @param file below it, by its name
   */
  void requireInside(Location folder, Location file) throws IOException;

  /** Opens a file from its start; the caller closes. */
  SeekableByteChannel open(Location file) throws IOException;

  /** Reads a file from its start; the caller closes. */
  InputStream read(Location file) throws IOException;

  /** A path of this machine that {@link #commit} will publish; nothing is there yet. */
  Path part(Location target) throws IOException;

  /** Makes a part the content of its target; the part is gone afterwards, or is to be deleted. */
  void commit(Path part, Location target) throws IOException;

  /** Writes a small file. */
  void write(Location target, byte[] content) throws IOException;

  /**
   * Writes a small file where there is none. Of several that try it at once, one succeeds.
   *
   * @return whether it was this one; where a network loses answers, the one that succeeded may be
   *     told that it did not, which only the content can clear up
   */
  boolean create(Location target, byte[] content) throws IOException;

  /** Deletes a file, or a folder with all that is in it; nothing if there is none. */
  void delete(Location location) throws IOException;

  /** Deletes a folder in which nothing is. */
  void deleteIfEmpty(Location folder) throws IOException;

  /**
   * Ends uploads below a folder that were begun before a time and never finished: some stores keep
   * and bill their parts for ever. File systems have hidden parts instead, which killed processes
   * leave behind.
   *
   * @param before milliseconds since 1970
   * @return how many
   */
  int abortUploads(Location folder, long before) throws IOException;

  /** Writes a file. */
  interface Writer<T> {
    /** Writes to a path where nothing is. */
    T write(Path part) throws IOException;
  }

  /** Has a file written on this machine, and publishes it. */
  default <T> T publish(Location target, Writer<T> writer) throws IOException {
    Path part = part(target);
    try {
      T result = writer.write(part);
      commit(part, target);
      return result;
    } finally {
      TempFiles.delete(part);
    }
  }
}
