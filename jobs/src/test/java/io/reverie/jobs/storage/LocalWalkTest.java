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

/** Walks through folders with links, pipes and odd names. */
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

  private List<ListingEntry> inputs(String of, String results) throws IOException {
    try (Stream<ListingEntry> all =
        LocalStorage.INSTANCE.inputs(
            new Location(folder.resolve(of).toString()), location(results))) {
      return all.toList();
    }
  }

  private List<String> files(List<ListingEntry> all) {
    return all.stream()
        .filter(FileEntry.class::isInstance)
        .map(listed -> folder.relativize(listed.location().path()).toString())
        .sorted()
        .toList();
  }

  private static List<String> sentences(List<ListingEntry> all) {
    return all.stream()
        .filter(ListingFault.class::isInstance)
        .map(listed -> ((ListingFault) listed).sentence())
        .sorted()
        .toList();
  }

  @Test
  void linksAreFollowedAndLoopsAreReported() throws IOException {
    file("in/x.png");
    file("elsewhere/y.png");
    link("in/a/far", "../../elsewhere");
    link("in/a/loop", "..");
    link("in/a/up", "../..");
    link("in/a/z.png", "../x.png");
    List<ListingEntry> all = inputs("in", "out");
    assertThat(files(all)).containsExactly("in/a/far/y.png", "in/a/z.png", "in/x.png");
    assertThat(sentences(all))
        .containsExactly(
            "%s: the link leads back to %s, which contains it; remove the link"
                .formatted(location("in/a/loop"), location("in")),
            "%s: the link leads back to %s, which contains it; remove the link"
                .formatted(location("in/a/up"), folder.toRealPath()));
  }

  @Test
  void theWalkEndsDespiteManyLinksToOneFolder() throws IOException {
    for (int i = 0; i < 40; i++) {
      link("in/d%d/a".formatted(i), "../d" + (i + 1));
      link("in/d%d/b".formatted(i), "../d" + (i + 1));
    }
    file("in/d40/x.png");
    List<ListingEntry> all = inputs("in/d0", "out");
    assertThat(all).hasSizeLessThan(1000);
    assertThat(sentences(all)).isNotEmpty().allMatch(s -> s.contains("more than 8 links lead to"));
  }

  @Test
  void specialFilesAreReportedAndNotOpened() throws IOException {
    file("in/x.png");
    link("in/dangling.png", "nowhere.png");
    link("in/self.png", "self.png");
    Path socket = folder.resolve("in/s.png");
    try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(socket));
      List<ListingEntry> all = inputs("in", "out");
      assertThat(files(all)).containsExactly("in/x.png");
      String nothing = ": the link leads nowhere; fix or remove it";
      assertThat(sentences(all))
          .containsExactly(
              location("in/dangling.png") + nothing,
              socket + ": this is a pipe, socket or device; only regular files are read",
              location("in/self.png") + nothing);
    }
  }

  @Test
  void aNameThatIsNotTextIsReported() throws IOException {
    Path bad = Path.of(URI.create(folder.toUri() + "in/b%FFd.png"));
    Files.createDirectories(bad.getParent());
    Files.writeString(bad, "abc");
    Files.createDirectories(Path.of(URI.create(folder.toUri() + "in/d%FFr")));
    file("in/x.png");
    List<ListingEntry> all = inputs("in", "out");
    assertThat(files(all)).containsExactly("in/x.png");
    assertThat(sentences(all))
        .containsExactly(
            location("in/b\uFFFDd.png") + ": its name is not UTF-8 text; rename it",
            location("in/d\uFFFDr") + ": its name is not UTF-8 text; rename it");
  }

  @Test
  void anUnreadableFolderDoesNotHideOthers() throws IOException {
    file("in/x.png");
    Path closed = Files.createDirectories(folder.resolve("in/lost+found"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    // Root can read it anyway.
    assumeThat(Files.isReadable(closed)).isFalse();
    List<ListingEntry> all = inputs("in", "out");
    assertThat(files(all)).containsExactly("in/x.png");
    assertThat(sentences(all))
        .containsExactly(closed + ": permission denied; grant read access or run as another user");
  }

  @Test
  void resultsAreNeverInputsWhateverLinksLeadThere() throws IOException {
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
  void aFileThatALinkWouldPlaceElsewhereIsRefused() throws IOException {
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
          .hasMessageContaining("leads outside it, to " + folder.toRealPath().resolve("elsewhere"));
    }
  }
}
