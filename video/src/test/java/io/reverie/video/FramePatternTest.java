package io.reverie.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FramePatternTest {

  @TempDir private Path folder;

  @Test
  void aNumberStandsWithItsZeros() {
    assertThat(new FramePattern("out/f%05d.png").file(12)).isEqualTo(Path.of("out/f00012.png"));
    assertThat(new FramePattern("out/f%d x.jpg").file(12)).isEqualTo(Path.of("out/f12 x.jpg"));
    assertThat(new FramePattern("%03d.png").file(1234)).isEqualTo(Path.of("1234.png"));
  }

  @Test
  void filesComeInTheOrderOfTheirNumbersAndOthersAreNotTaken() throws IOException {
    for (String name :
        new String[] {"f10.png", "f9.png", "f100.png", "f.png", "g1.png", "f1.jpg"}) {
      Files.createFile(folder.resolve(name));
    }
    assertThat(new FramePattern(folder + "/f%d.png").files())
        .extracting(file -> file.getFileName().toString())
        .containsExactly("f9.png", "f10.png", "f100.png");
  }

  @Test
  void aFileThatIsReallyCalledSoIsNoPattern() throws IOException {
    String name = folder.resolve("50%d.png").toString();
    assertThat(FramePattern.isPattern(name)).isTrue();
    Files.createFile(Path.of(name));
    assertThat(FramePattern.isPattern(name)).isFalse();
    assertThat(FramePattern.isPattern("50%.png")).isFalse();
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> new FramePattern(folder + "/no/f%d.png").files())
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("there is no folder");
  }
}
