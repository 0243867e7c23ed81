package io.reverie.jobs.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Temporary folders of killed runs. */
class LeftoverRunsTest {

  @TempDir private Path parent;

  private Path own;

  @BeforeEach
  void begin() {
    own = RunFolder.under(parent);
  }

  private Path folder(String name) throws Exception {
    return Files.createDirectory(parent.resolve(name));
  }

  /** A folder as a killed process leaves it: without a lock. */
  private Path dead(String name) throws Exception {
    Path folder = folder(name);
    Files.createFile(folder.resolve(LeftoverRuns.LOCK));
    Files.writeString(Files.createDirectories(folder.resolve("spark-1/x")).resolve("f"), "f");
    return folder;
  }

  @Test
  void onlyTheOwnerMayEnter() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
        .isEqualTo("rwx------");
  }

  @Test
  void theFolderOfADeadRunIsRemoved() throws Exception {
    Path dead = dead("reverie-1");
    assertThat(new LeftoverRuns(own).remove(true)).containsExactly(dead);
    assertThat(dead).exists();
    assertThat(new LeftoverRuns(own).remove(false)).containsExactly(dead);
    assertThat(dead).doesNotExist();
    assertThat(own).exists();
  }

  @Test
  void theFolderOfALiveRunIsKept() throws Exception {
    Path living = dead("reverie-2");
    try (FileChannel lock =
        FileChannel.open(living.resolve(LeftoverRuns.LOCK), StandardOpenOption.WRITE)) {
      assertThat(lock.lock().isValid()).isTrue();
      assertThat(new LeftoverRuns(own).remove(false)).isEmpty();
    }
    assertThat(living.resolve("spark-1/x/f")).exists();
  }

  @Test
  void foldersOfOtherProgramsAreKept() throws Exception {
    Path unmarked = folder("reverie-3");
    Path others = dead("other");
    Files.createSymbolicLink(parent.resolve("reverie-4"), others);
    Path marked = folder("reverie-5");
    Files.createSymbolicLink(marked.resolve(LeftoverRuns.LOCK), others.resolve(LeftoverRuns.LOCK));
    Files.createFile(parent.resolve("reverie-6"));
    assertThat(new LeftoverRuns(own).remove(false)).isEmpty();
    assertThat(unmarked).exists();
    assertThat(marked).exists();
    assertThat(others.resolve("spark-1/x/f")).exists();
  }

  @Test
  void linksInThemAreNotFollowed() throws Exception {
    Path kept = Files.writeString(folder("kept").resolve("f"), "f");
    Path dead = dead("reverie-7");
    Files.createSymbolicLink(dead.resolve("link"), kept.getParent());
    assertThat(new LeftoverRuns(own).remove(false)).containsExactly(dead);
    assertThat(kept).exists();
  }

  @Test
  void anUnusableParentIsReported() {
    assertThatThrownBy(() -> RunFolder.under(parent.resolve("none")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no such folder")
        .hasMessageContaining("TMPDIR");
  }
}
