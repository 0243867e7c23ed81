package io.reverie.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.lease.LeaseContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Local files. */
class StorageLocalTest extends FilesContract {

  @TempDir private static Path folder;

  @Override
  Storage storage() throws IOException {
    return Storage.of(base());
  }

  @Override
  Location base() {
    return Location.of(folder.toString());
  }

  @Test
  void aLinkToAFolderIsListedLikeAFolder() throws IOException {
    Location real = root().resolve("real");
    storage().write(real.resolve("a/b"), new byte[3]);
    Path link = Files.createSymbolicLink(root().resolve("link").path(), real.path());
    assertThat(names(Location.of(link.toString()))).containsExactly("a/b");
  }

  @Test
  void deletingALinkKeepsItsTarget() throws IOException {
    Location real = root().resolve("real");
    storage().write(real.resolve("a"), new byte[3]);
    Path link = Files.createSymbolicLink(root().resolve("link").path(), real.path());
    storage().delete(Location.of(link.toString()));
    assertThat(link).doesNotExist();
    assertThat(names(real)).containsExactly("a");
  }

  @Test
  void theLongestNameCanBeWritten() throws IOException {
    String name = "n".repeat(251) + ".png";
    storage().write(root().resolve(name), new byte[3]);
    assertThat(names(root())).containsExactly(name);
  }

  @Test
  void aRelativePathStaysRelative() throws IOException {
    Path relative = Path.of("").toAbsolutePath().relativize(folder.toAbsolutePath());
    Location file = Location.of(relative.toString()).resolve("relative/a");
    storage().write(file, new byte[3]);
    try (Stream<FileEntry> entries = storage().list(file.parent())) {
      assertThat(entries.map(FileEntry::location)).containsExactly(file);
    }
  }

  @Test
  void namesThatOnlyObjectKeysCanHaveAreReported() throws IOException {
    Location file = root().resolve("a.png");
    storage().write(file, new byte[3]);
    assertThatThrownBy(() -> storage().write(file.resolve("b.png"), new byte[3]))
        .satisfies(
            e ->
                assertThat(StorageErrorMessages.of((IOException) e))
                    .isEqualTo(
                        file + ": a file exists where a folder is needed; rename one of them"));
    Location long300 = root().resolve("n".repeat(300));
    assertThatThrownBy(() -> storage().write(long300, new byte[3]))
        .satisfies(
            e ->
                assertThat(StorageErrorMessages.of((IOException) e))
                    .endsWith(": a name is too long for this file system; rename the input"));
  }

  /** A lease on the same storage. */
  @Nested
  class Leases extends LeaseContract {

    @Override
    protected Storage storage() throws IOException {
      return StorageLocalTest.this.storage();
    }

    @Override
    protected Location base() {
      return StorageLocalTest.this.base();
    }
  }
}
