package io.reverie.jobs.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncFoldersTest {

  @TempDir private Path folder;

  @BeforeEach
  void create() throws IOException {
    Files.createDirectories(folder.resolve("in"));
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("in"));
  }

  private SyncFolders of(String in, String out) throws IOException {
    return SyncFolders.of(folder.resolve(in).toString(), folder + "/" + out);
  }

  @Test
  void resultsAreNeverWrittenOverInputs() {
    for (String out : List.of("in", "in/", "", "x/../in", "link", "link/.")) {
      assertThatThrownBy(() -> of("in", out))
          .as(out)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("could replace inputs");
    }
    for (String out :
        List.of("s3a://bucket/in", "s3://bucket/in//", "s3a://bucket", "s3a://bucket/")) {
      assertThatThrownBy(() -> SyncFolders.of("s3a://bucket/in/", out))
          .as(out)
          .hasMessageContaining("could replace inputs");
    }
  }

  @Test
  void anAddressIsComparedInOneSpelling() throws IOException {
    for (String in : List.of("s3a://b//in", "s3a://b/x/../in", "s3a://b/./in/.", "s3a://b/in")) {
      SyncFolders folders = SyncFolders.of(in, "s3a://b/in//dreams/");
      assertThat(folders.in()).as(in).isEqualTo(new Location("s3a://b/in"));
      assertThat(folders.out()).isEqualTo(new Location("s3a://b/in/dreams"));
      assertThatThrownBy(() -> SyncFolders.of(in, "s3a://b//x/../in"))
          .as(in)
          .hasMessageContaining("could replace inputs");
    }
  }

  @Test
  void resultsMayBeBelowTheInputsOrElsewhere() throws IOException {
    assertThat(of("in", "in/dreams").out()).isEqualTo(new Location(folder + "/in/dreams"));
    assertThat(of("in", "new/dreams/").out()).isEqualTo(new Location(folder + "/new/dreams"));
    SyncFolders buckets = SyncFolders.of("s3://films", "s3a://films-dreamed/");
    assertThat(buckets.in()).isEqualTo(new Location("s3a://films/"));
    assertThat(buckets.out()).isEqualTo(new Location("s3a://films-dreamed/"));
  }

  @Test
  void linksAreFollowedAndAMissingFolderIsReported() throws IOException {
    assertThat(of("link", "out").in()).isEqualTo(new Location(folder.toRealPath() + "/in"));
    assertThatThrownBy(() -> of("no", "out"))
        .hasMessageContaining("does not exist; check the path");
  }
}
