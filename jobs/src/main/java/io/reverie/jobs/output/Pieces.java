package io.reverie.jobs.output;

import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.storage.media.FilesAhead;
import io.reverie.video.PacketTimes;
import io.reverie.video.SegmentFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The pieces of a result in its work folder, in the order of their times.
 *
 * @param all at least one
 */
public record Pieces(WorkFolder work, List<Piece> all) {

  public Pieces {
    all = List.copyOf(all);
  }

  /**
   * A file with frames.
   *
   * @param name in the work folder
   * @param packets times of its packets, if they were noted when it was written
   */
  public record Piece(String name, PacketTimes packets) {}

  /** Pieces of which only the names are known. */
  public static Pieces of(WorkFolder work, List<String> names) {
    return new Pieces(
        work, names.stream().map(name -> new Piece(name, PacketTimes.UNKNOWN)).toList());
  }

  /** Reads the pieces; what it opens is closed by the caller. */
  interface Reader<T> {
    T read(SegmentFiles files) throws IOException;
  }

  /**
   * Reads the pieces in their order, each with one request after one listing of their folder.
   *
   * @throws FileNotFoundException if one is missing
   */
  <T> T read(Reader<T> reader) throws IOException {
    Storage storage = Storage.of(work.folder());
    try (FilesAhead files = new FilesAhead(storage, entries(storage))) {
      return reader.read(
          new SegmentFiles(
              files.sources(), all.stream().map(Piece::packets).toList(), files.length()));
    }
  }

  private List<FileEntry> entries(Storage storage) throws IOException {
    Set<String> wanted = new HashSet<>();
    all.forEach(piece -> wanted.add(piece.name()));
    Map<String, FileEntry> found = new HashMap<>();
    try (Stream<FileEntry> files = storage.list(work.folder())) {
      files
          .filter(file -> wanted.contains(file.location().name()))
          .forEach(file -> found.put(file.location().name(), file));
    }
    List<FileEntry> entries = new ArrayList<>();
    for (Piece piece : all) {
      FileEntry entry = found.get(piece.name());
      if (entry == null) {
        throw new FileNotFoundException("there is no file " + work.file(piece.name()));
      }
      entries.add(entry);
    }
    return entries;
  }
}
