package io.reverie.jobs.kept;

import io.reverie.core.text.Count;
import io.reverie.jobs.chain.Chains;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The size of the kept dreams of a run.
 *
 * @param dreams number of them
 * @param bytes of all their files
 * @param folder that holds them, at any depth
 */
public record KeptSize(long dreams, long bytes, Location folder) {
  public KeptSize {
    if (dreams < 0 || bytes < 0) {
      throw new IllegalArgumentException("%d dreams cannot take %d bytes".formatted(dreams, bytes));
    }
  }

  /** Adds up the files of some dreams. */
  public static KeptSize of(List<KeptDream> dreams) throws IOException {
    if (dreams.isEmpty()) {
      return new KeptSize(0, 0, new Location("."));
    }
    List<Long> sizes = Chains.overlapped(dreams, dream -> bytes(dream.folder().folder()));
    long bytes = sizes.stream().mapToLong(Long::longValue).sum();
    Location first = dreams.get(0).folder().folder();
    return new KeptSize(dreams.size(), bytes, dreams.size() == 1 ? first : first.parent());
  }

  private static long bytes(Location folder) throws IOException {
    try (Stream<FileEntry> files = Storage.of(folder).list(folder)) {
      return files.mapToLong(FileEntry::length).sum();
    } catch (UncheckedIOException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }

  /**
   * Returns a sentence about the size.
   *
   * @param what was dreamed, in the singular
   */
  public Optional<String> sentence(String what) {
    if (dreams == 0 || bytes == 0) {
      return Optional.empty();
    }
    double mega = (double) bytes / 1e6;
    String size =
        mega < 1000
            ? String.format(Locale.ROOT, "%.1f MB", mega)
            : String.format(Locale.ROOT, "%.1f GB", mega / 1000);
    return Optional.of(
        dreams == 1
            ? "kept the dream: %s in %s; `reverie clean` removes it".formatted(size, folder)
            : "kept the dreams of %s: %s below %s; `reverie clean` removes them"
                .formatted(Count.of(dreams, what), size, folder));
  }
}
