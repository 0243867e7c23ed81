package io.reverie.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Behaviour of every file system. */
abstract class FilesContract extends StorageContract {

  @Test
  void oldLeftoversOfKilledWritersAreDeleted() throws IOException {
    storage().write(root().resolve("a/b.mp4"), new byte[3]);
    storage().write(root().resolve("a/" + PartialFiles.name()), new byte[3]);
    long now = System.currentTimeMillis();
    assertThat(storage().abortUploads(root(), now - 3_600_000)).isZero();
    assertThat(storage().abortUploads(root(), now + 3_600_000)).isEqualTo(1);
    assertThat(names(root())).containsExactly("a/b.mp4");
  }
}
