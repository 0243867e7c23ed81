package io.reverie.jobs.storage.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelWritesTest {

  @TempDir private Path folder;

  private Location file(String name) {
    return new Location(folder.resolve(name).toString());
  }

  private static byte[] content(int number, int length) {
    byte[] content = new byte[length];
    Arrays.fill(content, (byte) number);
    return content;
  }

  @Test
  void allAreThereAtTheEnd() throws IOException {
    try (ParallelWrites writes = new ParallelWrites()) {
      for (int i = 0; i < 100; i++) {
        // Some of them are larger than all memory for content.
        writes.write(file("deep/" + i), content(i, i % 50 == 49 ? 65 << 20 : 10 * i));
      }
      writes.finish();
      writes.finish();
    }
    for (int i = 0; i < 100; i++) {
      byte[] written = Files.readAllBytes(folder.resolve("deep/" + i));
      assertThat(Arrays.equals(written, content(i, i % 50 == 49 ? 65 << 20 : 10 * i)))
          .as("%d", i)
          .isTrue();
    }
  }

  @Test
  void aFailureIsToldAtTheEndAtTheLatest() throws IOException {
    Files.createFile(folder.resolve("file"));
    try (ParallelWrites writes = new ParallelWrites()) {
      writes.write(file("one"), content(1, 5));
      writes.write(file("file/below"), content(2, 5));
      writes.write(file("two"), content(3, 5));
      assertThatThrownBy(writes::finish).isInstanceOf(IOException.class);
    }
  }
}
