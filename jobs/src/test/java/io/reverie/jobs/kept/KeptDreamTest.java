package io.reverie.jobs.kept;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.output.WorkFolder;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptDreamTest {

  @TempDir private Path folder;

  @Test
  void aRecordWithoutANumberDoesNotCount() throws IOException {
    KeptDream kept = new KeptDream(new WorkFolder(new Location(folder.toString())), true, 0);
    kept.finish(3, 0);
    assertThat(kept.isFinished(3, 0)).isTrue();
    Files.writeString(folder.resolve("segment-000003.finished"), "{\"pieces\":null}");
    assertThat(kept.isFinished(3, 0)).isFalse();
  }
}
