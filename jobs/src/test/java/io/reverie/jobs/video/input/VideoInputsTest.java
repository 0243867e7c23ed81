package io.reverie.jobs.video.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.listing.NoFile;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VideoInputsTest {

  @TempDir private Path folder;

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "");
  }

  private VideoInputs inputs(String input, String output) throws IOException {
    return VideoInputs.of(
        List.of(folder.resolve(input).toString()), Location.of(folder + "/" + output));
  }

  private List<String> outputs(VideoInputs inputs) {
    return inputs.items().stream()
        .map(WorkItem::output)
        .map(output -> folder.relativize(output.path()).toString())
        .toList();
  }

  @Test
  void aGlobNamesVideosBelowItsFolder() throws IOException {
    file("clips/b.mov");
    file("clips/a.MP4");
    file("clips/deep/c.mkv");
    file("clips/.hidden.mp4");
    file("clips/notes.txt");

    assertThat(outputs(inputs("clips/*", "out"))).containsExactly("out/a.MP4", "out/b.mov");
    assertThat(outputs(inputs("clips/**.{mkv,mov}", "out")))
        .containsExactly("out/b.mov", "out/deep/c.mkv");
    assertThat(inputs("clips/*", "out").skipped().sentence().orElseThrow())
        .contains("1 file", ".txt");
  }

  /** A name tells nothing: whether it is a video depends on the number of its pictures. */
  @Test
  void aGlobNamesStillsThatHoldSeveralPictures() throws IOException {
    byte[] clip = Files.readAllBytes(Path.of("../sample-data/clip.mp4"));
    Files.createDirectories(folder.resolve("clips"));
    Files.write(folder.resolve("clips/pages.tif"), tiff(2));
    Files.write(folder.resolve("clips/page.tif"), tiff(1));
    Files.write(folder.resolve("clips/clip.mp4"), clip);

    VideoInputs found = inputs("clips/*", "out");
    assertThat(outputs(found)).containsExactly("out/clip.mp4", "out/pages.tif.mp4");
    assertThat(found.skipped().sentence().orElseThrow()).contains("1 file", ".tif");
  }

  /** A TIFF of pages without any entry but their width. */
  private static byte[] tiff(int pages) {
    ByteBuffer tiff = ByteBuffer.allocate(8 + 18 * pages).putInt(0x4D4D002A).putInt(8);
    for (int i = 1; i <= pages; i++) {
      tiff.putShort((short) 1).putShort((short) 256).putShort((short) 3).putInt(1).putInt(1 << 16);
      tiff.putInt(i < pages ? 8 + 18 * i : 0);
    }
    return tiff.array();
  }

  @Test
  void aGlobWithoutVideosIsRefused() throws IOException {
    file("clips/notes.txt");
    assertThatThrownBy(() -> inputs("clips/*", "out"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no video matches")
        .hasMessageContaining(".txt");
  }

  @Test
  void anOutputWithoutExtensionIsAFolderOrExplained() throws IOException {
    file("clips/a.mp4");
    assertThatThrownBy(() -> inputs("clips/a.mp4", "out"))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(
            "/out is not an existing folder and has no extension; add / for a folder, or an extension such as .mp4");
    assertThat(outputs(inputs("clips/a.mp4", "out/"))).containsExactly("out/a.mp4");
    Files.createDirectory(folder.resolve("out"));
    assertThat(outputs(inputs("clips/a.mp4", "out"))).containsExactly("out/a.mp4");
  }

  @Test
  void aGlobNeedsAFolderForItsResults() throws IOException {
    file("clips/a.mp4");
    assertThatThrownBy(() -> inputs("clips/*.mp4", "out.mp4"))
        .hasMessageContaining("out.mp4 is a single file, but the inputs may have several results");
  }

  @ParameterizedTest
  @ValueSource(strings = {"take%02d.mp4", "a[1].mp4", "what?.mov", "{x}*.mkv"})
  void aFileThatExistsIsNoPattern(String name) throws IOException {
    file(name);
    VideoInputs found = inputs(name, "out/");
    assertThat(outputs(found)).containsExactly("out/" + name);
  }

  @Test
  void pipesAndStandardInputAreNamed() throws Exception {
    Path mkfifo = Path.of("/usr/bin/mkfifo");
    Assumptions.assumeTrue(Files.isExecutable(mkfifo));
    Path pipe = folder.resolve("pipe.mp4");
    assertThat(new ProcessBuilder(mkfifo.toString(), pipe.toString()).start().waitFor()).isZero();

    assertThat(NoFile.input(Location.of(pipe.toString())))
        .hasMessage(
            "%s is a pipe or a device, which cannot be read twice; save its content to a file first, for example: cat %s > input.mp4"
                .formatted(pipe, pipe));
    assertThat(NoFile.input(Location.of("-")))
        .hasMessageStartingWith("standard input (-) cannot be read twice");
    assertThatThrownBy(() -> NoFile.requireOutput(Location.of(pipe.toString())))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is a pipe or a device, but results are written as complete files");
    assertThatThrownBy(() -> NoFile.requireOutput(Location.of("-")))
        .hasMessageContaining(
            "- is the standard output, but results are written as complete files");
    NoFile.requireOutput(Location.of(folder.resolve("new.mp4").toString()));
  }
}
