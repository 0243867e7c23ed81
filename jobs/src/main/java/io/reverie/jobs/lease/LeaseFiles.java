package io.reverie.jobs.lease;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.storage.UnsupportedCreationException;
import io.reverie.jobs.storage.untrusted.SmallFile;
import io.reverie.jobs.storage.untrusted.StoredJson;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of a lease's numbered files. */
record LeaseFiles(Storage storage, Location folder) {

  /** Maximum size of a lease file. */
  private static final int MAX_BYTES = 64 << 10;

  Optional<FileEntry> newest() throws IOException {
    return all().stream().max(Comparator.comparingLong(LeaseFiles::number));
  }

  private List<FileEntry> all() throws IOException {
    try (Stream<FileEntry> files = storage.list(folder)) {
      return files.filter(entry -> entry.location().name().matches("\\d{12}")).toList();
    }
  }

  static long number(FileEntry entry) {
    return Long.parseLong(entry.location().name());
  }

  private Location file(long number) {
    return folder.resolve("%012d".formatted(number));
  }

  /** Reads a file; empty if it was deleted, which means that a higher number exists. */
  Optional<LeaseContent> content(Location number) throws IOException {
    try (InputStream in = storage.read(number)) {
      byte[] bytes = SmallFile.read(in, MAX_BYTES).orElseThrow(() -> foreign(number));
      return Optional.of(StoredJson.MAPPER.readValue(bytes, LeaseContent.class));
    } catch (FileNotFoundException | NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw foreign(number);
    }
  }

  static UserException foreign(Location number) {
    return UserException.environment(
        "%s is not a lease file of Reverie; delete it if no other run is active there"
            .formatted(number));
  }

  /** Creates a number; returns whether it is the highest. */
  boolean tryCreate(long number, LeaseContent content) throws IOException {
    Location file = file(number);
    // If the response to a creation was lost, the retry finds its own file.
    if (!create(file, content) && !content(file).equals(Optional.of(content))) {
      return false;
    }
    List<FileEntry> all = all();
    if (all.stream().anyMatch(entry -> number(entry) > number)) {
      storage.deleteFile(file);
      return false;
    }
    for (FileEntry entry : all) {
      if (number(entry) < number) {
        storage.deleteFile(entry.location());
      }
    }
    return true;
  }

  private boolean create(Location file, LeaseContent content) throws IOException {
    try {
      return storage.create(file, StoredJson.MAPPER.writeValueAsBytes(content));
    } catch (UnsupportedCreationException e) {
      throw UserException.environment(unsafe(e.reason()), e);
    }
  }

  /**
   * Checks the promise that a lease depends on: creating a file that exists must fail and must
   * leave it as it is. Some object stores ignore the condition, and then any number of processes
   * would each believe to be the holder.
   *
   * @param number created before
   * @param content that was written
   * @throws UserException if the store does not keep the promise
   */
  void requireConditionalCreation(long number, LeaseContent content) throws IOException {
    Location file = file(number);
    boolean again = create(file, content.release());
    if (again || content(file).filter(found -> !found.equals(content)).isPresent()) {
      storage.deleteFile(file);
      throw UserException.environment(
          unsafe("the store ignores conditional writes (If-None-Match of PutObject)"));
    }
  }

  private String unsafe(String reason) {
    return "%s: %s, so two runs could do the same work at once; use a store that supports them, or set sync.lease=none if your scheduler never starts two runs"
        .formatted(folder, reason);
  }
}
