package io.reverie.jobs.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.run.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which images are found, and what is reported about other files. */
class ImageListingTest {

  @TempDir private Path folder;

  private void file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "abc");
  }

  private ImageListing list(String output, String... inputs) throws IOException {
    List<String> all = Arrays.stream(inputs).map(input -> folder + "/" + input).toList();
    return ImageListing.of(all, folder + "/" + output);
  }

  private List<String> outputs(ImageListing listing) {
    return listing.items().stream()
        .map(item -> folder.relativize(item.output().path()).toString())
        .toList();
  }

  @Test
  void resultsBelowTheInputAreNotDreamedAgain() throws IOException {
    file("x.png");
    file("out/x.png");
    file("out/deep/y.png");
    assertThat(outputs(list("out", "."))).containsExactly("out/x.png");
    assertThat(outputs(list("out", "**.png"))).containsExactly("out/x.png");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "tif", "webp", "mp4"})
  void anOutputNamedLikeAnExtensionIsAFolderForAFolder(String output) throws IOException {
    file("in/x.png");
    assertThat(outputs(list(output, "in"))).containsExactly(output + "/x.png");
    assertThat(outputs(list(output + "/", "in/x.png"))).containsExactly(output + "/x.png");
  }

  @Test
  void anOutputWithAnExtensionIsAFileUnlessItIsAFolder() throws IOException {
    file("in/x.png");
    assertThat(outputs(list("a.png", "in/x.png"))).containsExactly("a.png");
    assertThatThrownBy(() -> list("a.png", "in"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("a.png is a single file")
        .hasMessageEndingWith("end the name with a slash");
    assertThatThrownBy(() -> list("png", "in/x.png"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            folder
                + "/png is not an existing folder and has no extension; add / for a folder, or an extension such as .png");
    assertThatThrownBy(() -> list("a.xyz", "in/x.png"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("an image must be written as .png");
    assertThat(outputs(list("a.png/", "in"))).containsExactly("a.png/x.png");
    Files.createDirectory(folder.resolve("a.png"));
    assertThat(outputs(list("a.png", "in"))).containsExactly("a.png/x.png");
  }

  @Test
  void hiddenFoldersAreIgnoredAndCamerasNamesAreNot() throws IOException {
    for (String name : List.of(".reverie/work/x.png", "a/.trash/x.png", "_DSC1.JPG", "_a/x.png")) {
      file("in/" + name);
    }
    assertThat(outputs(list("out", "in"))).containsExactly("out/_DSC1.JPG", "out/_a/x.png");
    assertThat(outputs(list("out", "in/**.{png,JPG}")))
        .containsExactly("out/_DSC1.JPG", "out/_a/x.png");
  }

  @Test
  void aFileNamedLikeAnExtensionIsNoPicture() throws IOException {
    file("in/x.png");
    file("in/png");
    ImageListing listing = list("out", "in");
    assertThat(outputs(listing)).containsExactly("out/x.png");
    assertThat(listing.skipped().sentence())
        .contains("1 file of another kind skipped: 1 without extension");
  }

  @Test
  void filesOfOtherKindsAreCounted() throws IOException {
    for (String name : List.of("x.png", "a.jxl", "B.JXL", "c.txt", "README", ".hidden")) {
      file("in/" + name);
    }
    ImageListing listing = list("out", "in");
    assertThat(outputs(listing)).containsExactly("out/x.png");
    assertThat(listing.skipped().sentence())
        .contains("4 files of other kinds skipped: 2 .jxl, 1 .txt, 1 without extension");
  }

  @Test
  void anUnreadableFileFailsAloneIfItMayBeAnImage() throws IOException {
    file("in/x.png");
    Files.createSymbolicLink(folder.resolve("in/loop"), Path.of(".."));
    Files.createSymbolicLink(folder.resolve("in/gone.png"), Path.of("nowhere"));
    Files.createSymbolicLink(folder.resolve("in/gone.txt"), Path.of("nowhere"));
    ImageListing listing = list("out", "in");
    assertThat(outputs(listing)).containsExactly("out/x.png");
    assertThat(listing.failures().stream().map(Outcome::message).sorted().toList())
        .satisfiesExactly(
            gone -> assertThat(gone).contains("gone.png: the link leads nowhere"),
            loop -> assertThat(loop).contains("loop: the link leads back to"));
  }
}
