package io.reverie.jobs.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.reverie.jobs.operation.WorkMeter;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.storage.media.StoredMedia;
import io.reverie.video.MediaSource;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UTFDataFormatException;
import java.nio.BufferUnderflowException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Unfinished work on one result, in files that every machine can read. The folder's name includes a
 * hash of everything that determines the frames, so any file in it can be reused: another input or
 * spec uses another folder.
 */
public record WorkFolder(Location folder) implements Serializable {

  /** Holds everything that Reverie stores beside results. */
  static final String HIDDEN = ".reverie";

  static final String WORK = "work";

  /** Ends the names of folders that are kept on purpose. */
  public static final String DREAM = ".dream";

  /**
   * Returns the parent of work folders: a hidden folder beside the result, unless the user names
   * another.
   */
  public static Location root(Location output, RunOptions options) {
    return options.work().isEmpty()
        ? output.sibling(HIDDEN).resolve(WORK)
        : new Location(Location.of(options.work()).absolute());
  }

  /**
   * Checks for links; call before using a work folder beside the result.
   *
   * @throws IOException if a link leads elsewhere
   */
  public static void requireInside(Location output, RunOptions options) throws IOException {
    if (options.work().isEmpty()) {
      Location any = root(output, options).resolve("any");
      Storage.of(output).requireInside(output.parent(), any);
    }
  }

  public static WorkFolder of(Location output, String key, RunOptions options) {
    return new WorkFolder(root(output, options).resolve(output.name() + "-" + key));
  }

  /**
   * A hidden folder beside a result, for work that no later run resumes.
   *
   * @param name of the folder
   */
  public static WorkFolder beside(Location output, String name) {
    return new WorkFolder(output.sibling(HIDDEN).resolve(WORK).resolve(name));
  }

  /**
   * The folder of a dream that is kept after its result is complete.
   *
   * @param name identifies everything that determines the dream
   */
  public static WorkFolder ofDream(Location output, String name, RunOptions options) {
    return new WorkFolder(root(output, options).resolve(name + DREAM));
  }

  public Location file(String name) {
    return folder.resolve(name);
  }

  public MediaSource media(String name) throws IOException {
    return StoredMedia.of(file(name));
  }

  /** Parses a file of this folder. */
  public interface Reader<T> {
    T read(InputStream in) throws IOException;
  }

  /**
   * Reads a file of this folder. The result is empty if the file is missing, or damaged by a power
   * failure or another program: then its work is repeated.
   */
  public <T> Optional<T> load(String name, Reader<T> reader) throws IOException {
    Location file = file(name);
    try (InputStream in = new BufferedInputStream(Storage.of(file).read(file), 1 << 20)) {
      return Optional.of(reader.read(in));
    } catch (FileNotFoundException
        | NoSuchFileException
        | JsonProcessingException
        | EOFException
        | UTFDataFormatException
        | BufferUnderflowException
        | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Writes the content of a file. */
  public interface Content {
    void write(OutputStream out) throws IOException;
  }

  public void save(String name, Content content) throws IOException {
    write(name, content);
  }

  private long write(String name, Content content) throws IOException {
    Location file = file(name);
    return Storage.of(file)
        .publish(
            file,
            part -> {
              try (OutputStream out =
                  new BufferedOutputStream(Files.newOutputStream(part), 1 << 20)) {
                content.write(out);
              }
              return Files.size(part);
            });
  }

  /** Saves the state of unfinished work, compressed, and counts its bytes. */
  public void saveCheckpoint(String name, Content content) throws IOException {
    long bytes =
        write(
            name,
            out -> {
              try (OutputStream packed = PackedFloats.writer(out)) {
                content.write(packed);
              }
            });
    WorkMeter.ofThisProcess().addCheckpoint(bytes);
  }

  /** As {@link #load}, of what {@link #saveCheckpoint} saved. */
  public <T> Optional<T> loadCheckpoint(String name, Reader<T> reader) throws IOException {
    return load(name, in -> reader.read(PackedFloats.reader(in)));
  }

  /** Returns whether a later run can resume from this folder. */
  public boolean hasSegments() throws IOException {
    try (Stream<FileEntry> files = Storage.of(folder).list(folder)) {
      return files.anyMatch(file -> file.location().name().startsWith("segment-"));
    }
  }

  /**
   * Deletes the folder, and its hidden parents once they are empty; call after publishing the
   * result.
   */
  public void delete() throws IOException {
    Storage storage = Storage.of(folder);
    storage.delete(folder);
    if (folder.parent().name().equals(WORK) && folder.parent().parent().name().equals(HIDDEN)) {
      storage.deleteIfEmpty(folder.parent());
      storage.deleteIfEmpty(folder.parent().parent());
    }
  }
}
