package io.reverie.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders as they are found on disks. */
class LocalWalkTest {

  @TempDir private Path folder;

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "abc");
  }

  private void link(String name, String target) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.createSymbolicLink(folder.resolve(name), Path.of(target));
  }

  private Location location(String name) {
    return new Location(folder.toString()).joined(name);
  }

  private List<Listed> inputs(String of, String results) throws IOException {
    try (Stream<Listed> all =
        LocalStorage.INSTANCE.inputs(
            new Location(folder.resolve(of).toString()), location(results))) {
      return all.toList();
    }
  }

  private List<String> files(List<Listed> all) {
    return all.stream()
        .filter(Entry.class::isInstance)
        .map(listed -> folder.relativize(listed.location().path()).toString())
        .sorted()
        .toList();
  }

  private static List<String> sentences(List<Listed> all) {
    return all.stream()
        .filter(ListingFault.class::isInstance)
        .map(listed -> ((ListingFault) listed).sentence())
        .sorted()
        .toList();
  }

  @Test
  void linksAreFollowedAndLoopsAreTold() throws IOException {
    file("in/x.png");
    file("elsewhere/y.png");
    link("in/a/far", "../../elsewhere");
    link("in/a/loop", "..");
    link("in/a/up", "../..");
    link("in/a/z.png", "../x.png");
    List<Listed> all = inputs("in", "out");
    assertThat(files(all)).containsExactly("in/a/far/y.png", "in/a/z.png", "in/x.png");
    assertThat(sentences(all))
        .containsExactly(
            "%s: a link back to %s, which holds it; remove the link"
                .formatted(location("in/a/loop"), location("in")),
            "%s: a link back to %s, which holds it; remove the link"
                .formatted(location("in/a/up"), folder.toRealPath()));
  }

  @Test
  void aFolderThatManyLinksLeadToEndsTheWalkAllTheSame() throws IOException {
    for (int i = 0; i < 40; i++) {
      link("in/d%d/a".formatted(i), "../d" + (i + 1));
      link("in/d%d/b".formatted(i), "../d" + (i + 1));
    }
    file("in/d40/x.png");
    List<Listed> all = inputs("in/d0", "out");
    assertThat(all).hasSizeLessThan(1000);
    assertThat(sentences(all)).isNotEmpty().allMatch(s -> s.contains("more than 8 links lead to"));
  }

  @Test
  void whatIsNoFileIsToldAndNotOpened() throws IOException {
    file("in/x.png");
    link("in/dangling.png", "nowhere.png");
    link("in/self.png", "self.png");
    Path socket = folder.resolve("in/s.png");
    try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(socket));
      List<Listed> all = inputs("in", "out");
      assertThat(files(all)).containsExactly("in/x.png");
      String nothing = ": a link that leads to no file; mend it, or remove it";
      assertThat(sentences(all))
          .containsExactly(
              location("in/dangling.png") + nothing,
              socket + ": a pipe, socket or device; only files are read",
              location("in/self.png") + nothing);
    }
  }

  @Test
  void aNameThatIsNoTextIsTold() throws IOException {
    Path bad = Path.of(URI.create(folder.toUri() + "in/b%FFd.png"));
    Files.createDirectories(bad.getParent());
    Files.writeString(bad, "abc");
    Files.createDirectories(Path.of(URI.create(folder.toUri() + "in/d%FFr")));
    file("in/x.png");
    List<Listed> all = inputs("in", "out");
    assertThat(files(all)).containsExactly("in/x.png");
    assertThat(sentences(all))
        .containsExactly(
            location("in/b\uFFFDd.png") + ": its name is not UTF-8 text; rename it",
            location("in/d\uFFFDr") + ": its name is not UTF-8 text; rename it");
  }

  @Test
  void aFolderWithoutPermissionKeepsNoOtherBack() throws IOException {
    file("in/x.png");
    Path closed = Files.createDirectories(folder.resolve("in/lost+found"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    // Root reads it anyway.
    assumeThat(Files.isReadable(closed)).isFalse();
    List<Listed> all = inputs("in", "out");
    assertThat(files(all)).containsExactly("in/x.png");
    assertThat(sentences(all))
        .containsExactly(
            closed + ": this user may not read it; give permission, or run as another");
  }

  @Test
  void resultsAreNeverInputsWhateverLeadsThere() throws IOException {
    file("in/x.png");
    file("in/out/x.png");
    link("in/again", "out");
    assertThat(files(inputs("in", "in/out"))).containsExactly("in/x.png");
    assertThat(files(inputs("in", "in"))).contains("in/x.png", "in/out/x.png");
    assertThat(files(inputs("in/out", "in"))).containsExactly("in/out/x.png");
  }

  @Test
  void aDeepTreeIsListed() throws IOException {
    file("in/" + "d/".repeat(600) + "x.png");
    assertThat(inputs("in", "out")).hasSize(1);
  }

  @Test
  void aFileThatALinkWouldPutElsewhereIsRefused() throws IOException {
    file("out/x.png");
    Files.createDirectories(folder.resolve("elsewhere"));
    link("out/far", "../elsewhere");
    link("out/near", "inner");
    Files.createDirectories(folder.resolve("out/inner"));
    link("results", "out");
    Storage files = LocalStorage.INSTANCE;
    for (String output : List.of("out", "results")) {
      Location results = location(output);
      files.requireInside(results, results.resolve("new/deep/x.png"));
      files.requireInside(results, results.resolve("near/x.png"));
      assertThatThrownBy(() -> files.requireInside(results, results.resolve("far/new/x.png")))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("leads out of it, to " + folder.toRealPath().resolve("elsewhere"));
    }
  }
}
