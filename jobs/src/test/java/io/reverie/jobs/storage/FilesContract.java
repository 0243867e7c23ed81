package io.reverie.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every file system keeps to. */
abstract class FilesContract extends StorageContract {

  @Test
  void whatKilledWritersLeftIsDeletedOnceItIsOld() throws IOException {
    storage().write(root().resolve("a/b.mp4"), new byte[3]);
    storage().write(root().resolve("a/" + Parts.name()), new byte[3]);
    long now = System.currentTimeMillis();
    assertThat(storage().abortUploads(root(), now - 3_600_000)).isZero();
    assertThat(storage().abortUploads(root(), now + 3_600_000)).isEqualTo(1);
    assertThat(names(root())).containsExactly("a/b.mp4");
  }

  @Test
  void aListingDoesNotMindThatFilesComeAndGo() throws Exception {
    Location folder = root().resolve("a");
    storage().write(folder.resolve("stays"), new byte[0]);
    AtomicInteger writers = new AtomicInteger(2);
    atOnce(
        4,
        i ->
            () -> {
              if (i < 2) {
                try {
                  comeAndGo(folder.resolve("writer " + i));
                } finally {
                  writers.decrementAndGet();
                }
              }
              while (writers.get() > 0) {
                assertThat(names(folder)).contains("stays");
              }
              return true;
            });
    assertThat(names(folder)).containsExactly("stays");
  }

  private void comeAndGo(Location folder) throws IOException {
    for (int i = 0; i < 15; i++) {
      storage().write(folder.resolve(i + "/x/y"), new byte[0]);
      storage().delete(folder.resolve(i + "/x"));
    }
    storage().delete(folder);
  }
}
