package io.reverie.jobs.kept;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.output.WorkFolder;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.run.KeptDreamUse;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptLookupTest {

  @TempDir private Path folder;

  private RunOptions options() {
    return new RunOptions(
        false, false, true, false, folder.resolve("work").toString(), Device.AUTO, 0);
  }

  private static WorkItem item(String name, Path output) {
    return new WorkItem("films/" + name, Location.of(output.resolve(name).toString()));
  }

  private void keep(String name) throws IOException {
    Path dream = folder.resolve("work/%s-0123456789abcdef%s".formatted(name, WorkFolder.DREAM));
    Files.write(Files.createDirectories(dream).resolve("segment-000000.finished"), new byte[1]);
  }

  @Test
  void aVideoIsToldOfItsOwnDreamsOnly() throws IOException {
    keep("a.mp4");
    keep("b.mp4");
    keep("a.mp4-b");
    KeptLookup lookup = new KeptLookup(options());
    assertThat(lookup.beside(item("b.mp4", folder.resolve("out"))).folders())
        .hasSize(1)
        .allSatisfy((path, finished) -> assertThat(path).contains("/work/b.mp4-"));
    assertThat(lookup.beside(item("c.mp4", folder.resolve("out"))).isEmpty()).isTrue();
    assertThat(
            new KeptLookup(options().with(KeptDreamUse.IGNORE))
                .beside(item("b.mp4", folder.resolve("out")))
                .isEmpty())
        .isTrue();
  }

  @Test
  void oneRootOfAllWorkFoldersIsListedOnce() throws IOException {
    KeptLookup lookup = new KeptLookup(options());
    assertThat(lookup.beside(item("a.mp4", folder.resolve("one"))).isEmpty()).isTrue();
    keep("a.mp4");
    assertThat(lookup.beside(item("a.mp4", folder.resolve("two"))).isEmpty())
        .as("what was listed for the first folder")
        .isTrue();
  }
}
