package io.reverie.jobs.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a lease, numbered upwards: who creates the next one has the lease.
 *
 * <p>A number is never won twice. The highest is never deleted, so that numbers only rise. Lower
 * ones are deleted, and could be created again by one who looked long ago; he then sees that there
 * are higher ones. Several are kept, so that no listing misses all of them while they change.
 *
 * @param folder that holds nothing else
 */
record Generations(Storage storage, Location folder) {

  private static final int KEPT = 10;
  private static final Pattern NAME = Pattern.compile("\\d{12}");

  /** The highest number; 0 if there is none. */
  long highest() throws IOException {
    return all().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /** In no order. */
  List<Long> all() throws IOException {
    try (Stream<Entry> entries = storage.list(folder)) {
      return entries
          .map(entry -> entry.location().name())
          .filter(name -> NAME.matcher(name).matches())
          .map(Long::valueOf)
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Location file(long generation) {
    return folder.resolve("%012d".formatted(generation));
  }

  /** Empty if it is deleted, because there are higher ones. */
  Optional<Holder> read(long generation) throws IOException {
    Location file = file(generation);
    try (InputStream in = storage.read(file)) {
      return Optional.of(Holder.of(file, in.readAllBytes()));
    } catch (FileNotFoundException | NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Who has the lease, or had it last. */
  Optional<Holder> last() throws IOException {
    for (long highest = highest(); highest > 0; ) {
      Optional<Holder> holder = read(highest);
      if (holder.isPresent()) {
        return holder;
      }
      highest = highest();
    }
    return Optional.empty();
  }

  /**
   * Takes a number, which must be the one above the highest that was seen.
   *
   * @return what its file says, or empty if another has that number or a higher one; it is older
   *     than what was to be written if that was done before, and only the answer lost
   */
  Optional<Holder> claim(long generation, Holder holder) throws IOException {
    Optional<Holder> written =
        storage.create(file(generation), holder.json())
            ? Optional.of(holder)
            : read(generation).filter(found -> found.id().equals(holder.id()));
    if (written.isEmpty()) {
      return written;
    }
    List<Long> all = all();
    if (all.stream().anyMatch(each -> each > generation)) {
      return Optional.empty();
    }
    for (long each : all) {
      if (each <= generation - KEPT) {
        storage.delete(file(each));
      }
    }
    return written;
  }
}
