package io.reverie.jobs.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanupTest {

  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
  private static final Instant OLD = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NEW = Instant.parse("2026-01-03T00:00:00Z");

  @TempDir private Path folder;

  @Test
  void oldWorkFoldersAndPartialFilesAreRemovedAndNothingElse() throws IOException {
    String part = "deep/." + UUID.randomUUID() + ".part";
    Path work = file(".reverie/work/a.mp4-0123/segment-000000-000", OLD);
    file(".reverie/work/a.mp4-0123/segment-000000.json", OLD);
    Path deep = file("deep/.reverie/work/b.mp4-0123/shots.json", OLD);
    Path oldPart = file(part, OLD);
    Path result = file("a.mp4", OLD);
    Path state = file(".reverie/sync/done/x.json", OLD);
    Path hidden = file(".notes.part", OLD);

    Cleanup.Removed dry = clean(true);
    assertThat(dry.removed()).hasSize(3);
    assertThat(dry.bytes()).isEqualTo(12);
    assertThat(work).exists();

    assertThat(clean(false)).isEqualTo(dry);
    assertThat(work.getParent()).doesNotExist();
    assertThat(deep.getParent()).doesNotExist();
    assertThat(oldPart).doesNotExist();
    assertThat(result).exists();
    assertThat(state).exists();
    assertThat(hidden).exists();
  }

  @Test
  void aWorkFolderWithAnyNewFileIsKept() throws IOException {
    Path old = file(".reverie/work/a.mp4-0123/segment-000000-000", OLD);
    file(".reverie/work/a.mp4-0123/segment-000001-000", NEW);
    file("." + UUID.randomUUID() + ".part", NEW);
    assertThat(clean(false).removed()).isEmpty();
    assertThat(old).exists();
  }

  @Test
  void aKeptDreamIsRemovedWhereverTheWorkFolderIs() throws IOException {
    String name = "a.mp4-0123456789abcdef.dream";
    Path beside = file(".reverie/work/" + name + "/segment-000000-000", OLD);
    Path elsewhere = file("work/" + name + "/dream.json", OLD);
    file("work/" + name + "/segment-000000-000", OLD);
    Path result = file("a.dream/b.png", OLD);

    Cleanup.Removed removed = clean(false);
    assertThat(removed.removed())
        .containsExactly(beside.getParent().toString(), elsewhere.getParent().toString());
    assertThat(removed.sizes()).containsExactly(3L, 6L);
    assertThat(beside.getParent()).doesNotExist();
    assertThat(elsewhere.getParent()).doesNotExist();
    assertThat(result).exists();
  }

  private Cleanup.Removed clean(boolean dryRun) throws IOException {
    return new Cleanup(Location.of(folder.toString()), NOW).run(dryRun);
  }

  private Path file(String name, Instant modified) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "abc");
    Files.setLastModifiedTime(file, FileTime.from(modified));
    return file;
  }
}
