package io.reverie.jobs.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders that native libraries may be loaded from. */
class PrivateFolderTest {

  @TempDir private Path parent;

  private Path own;

  @BeforeEach
  void begin() {
    own = RunFolder.under(parent);
  }

  private Path folder(String name, String permissions) throws Exception {
    return mode(Files.createDirectories(parent.resolve(name)), permissions);
  }

  private static Path mode(Path folder, String permissions) throws Exception {
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
  }

  private boolean isPrivate(Path folder) {
    return PrivateFolder.is(folder, own);
  }

  @Test
  void aNewFolderIsClosedToOthersAndPrivate() throws Exception {
    Path folder = parent.resolve("a/b/natives");
    assertThat(PrivateFolder.create(folder)).isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(isPrivate(folder)).isTrue();
    assertThat(isPrivate(parent.resolve("none"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxr-x", "rwxr-xrwx", "rwxrwxrwx"})
  void whatOthersMayWriteIsNotPrivateAndNeitherIsWhatItHolds(String permissions) throws Exception {
    Path open = folder("open", permissions);
    Path inner = folder("open/inner", "rwx------");
    assertThat(isPrivate(open)).isFalse();
    assertThat(isPrivate(inner)).isFalse();
    mode(open, "rwxr-xr-x");
    assertThat(isPrivate(open)).isTrue();
    assertThat(isPrivate(inner)).isTrue();
  }

  @Test
  void aSharedFolderForTemporaryFilesMayHoldAPrivateOne() throws Exception {
    Path shared = folder("tmp", "rwxrwxrwx");
    Path inner = folder("tmp/inner", "rwx------");
    Files.setAttribute(shared, "unix:mode", 01777);
    assertThat(isPrivate(shared)).isFalse();
    assertThat(isPrivate(inner)).isTrue();
  }

  @Test
  void theFolderOfAnotherUserIsNotPrivateWhateverItsMode() throws Exception {
    assumeThat(System.getProperty("user.name")).isEqualTo("root");
    Path other = folder("other", "rwx------");
    Path inner = folder("other/inner", "rwx------");
    Files.setAttribute(other, "unix:uid", 12345);
    assertThat(isPrivate(other)).isFalse();
    assertThat(isPrivate(inner)).isFalse();
  }

  @Test
  void aHomeIsPrivateWithTheFoldersOfTheLibrariesInIt() throws Exception {
    Path home = folder("home", "rwxr-xr-x");
    assertThat(NativeFolder.hasPrivateHome(home, own)).isTrue();
    folder("home/.javacpp", "rwxrwxrwx");
    assertThat(NativeFolder.hasPrivateHome(home, own)).isFalse();
    // The JDK's home of a user without one.
    assertThat(NativeFolder.hasPrivateHome(Path.of("?"), own)).isFalse();
  }
}
