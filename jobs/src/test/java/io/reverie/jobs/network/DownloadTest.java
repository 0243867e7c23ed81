package io.reverie.jobs.network;

import static io.reverie.jobs.network.MisbehavingServer.cut;
import static io.reverie.jobs.network.MisbehavingServer.redirect;
import static io.reverie.jobs.network.MisbehavingServer.rest;
import static io.reverie.jobs.network.MisbehavingServer.shortLength;
import static io.reverie.jobs.network.MisbehavingServer.silence;
import static io.reverie.jobs.network.MisbehavingServer.stall;
import static io.reverie.jobs.network.MisbehavingServer.status;
import static io.reverie.jobs.network.MisbehavingServer.whole;
import static io.reverie.jobs.network.MisbehavingServer.wrongRest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.core.network.descriptor.NetworkDescriptor.Release;
import io.reverie.core.network.descriptor.Preprocessing;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from servers on loopback that stall, cut, lie, redirect and refuse. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DownloadTest {

  private static final Patience SHORT =
      new Patience(Duration.ofMillis(700), Duration.ofMillis(1), 3);
  private static final byte[] CONTENT = content();
  private static final int SOME = 50_000;

  @TempDir Path folder;

  private static byte[] content() {
    byte[] content = new byte[200_000];
    new Random(1).nextBytes(content);
    return content;
  }

  @Test
  void aStalledDownloadIsResumedFromWhereItStopped() throws IOException {
    try (MisbehavingServer server = new MisbehavingServer(stall(CONTENT, SOME), rest(CONTENT))) {
      assertThat(fetch(server)).hasBinaryContent(CONTENT);
      assertThat(server.requests()).hasSize(2);
      assertThat(server.requests().get(0)).doesNotContainIgnoringCase("range:");
      assertThat(server.requests().get(1))
          .containsIgnoringCase("Range: bytes=%d-".formatted(SOME))
          .containsIgnoringCase("If-Range: \"a\"");
    }
  }

  @Test
  void aCutDownloadIsResumedFromWhereItStopped() throws IOException {
    try (MisbehavingServer server =
        new MisbehavingServer(cut(CONTENT, SOME), silence(), rest(CONTENT))) {
      assertThat(fetch(server)).hasBinaryContent(CONTENT);
      assertThat(server.requests()).hasSize(3);
      assertThat(server.requests().get(2)).containsIgnoringCase("Range: bytes=");
    }
  }

  @Test
  void aServerWithoutRangesSendsTheFileAgain() throws IOException {
    try (MisbehavingServer server = new MisbehavingServer(cut(CONTENT, SOME), whole(CONTENT))) {
      assertThat(fetch(server)).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void anotherPartThanAskedForIsDiscarded() throws IOException {
    try (MisbehavingServer server =
        new MisbehavingServer(cut(CONTENT, SOME), wrongRest(CONTENT), whole(CONTENT))) {
      assertThat(fetch(server)).hasBinaryContent(CONTENT);
      assertThat(server.requests()).hasSize(3);
      assertThat(server.requests().get(2)).doesNotContainIgnoringCase("range:");
    }
  }

  @Test
  void theNextRunResumesAndABeginningOfAnotherFileIsReplaced() throws IOException {
    try (MisbehavingServer server =
        new MisbehavingServer(cut(CONTENT, SOME), silence(), silence(), silence())) {
      assertThatThrownBy(() -> fetch(server)).hasMessageContaining("no data arrived for 0.7 s");
    }
    Path part = folder.resolve("networks/.net.pth.part");
    assertThat(part).hasSize(SOME);
    try (MisbehavingServer server = new MisbehavingServer(rest(CONTENT))) {
      assertThat(fetch(server)).hasBinaryContent(CONTENT);
      assertThat(server.requests().get(0)).containsIgnoringCase("Range: bytes=%d-".formatted(SOME));
    }
    assertThat(part).doesNotExist();
    Files.delete(folder.resolve("networks/net.pth"));
    Files.write(part, new byte[SOME]);
    try (MisbehavingServer server = new MisbehavingServer(rest(CONTENT), whole(CONTENT))) {
      assertThat(fetch(server)).hasBinaryContent(CONTENT);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() throws IOException {
    try (MisbehavingServer server = new MisbehavingServer(silence())) {
      assertThatThrownBy(() -> fetch(server))
          .isInstanceOf(UserException.class)
          .hasMessageContainingAll(
              "cannot download " + server.address("/net.pth"), "after 3 attempts", "--weights");
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void aBusyServerIsAskedAgain() throws IOException {
    try (MisbehavingServer server =
        new MisbehavingServer(
            status("503 Service Unavailable"), status("429 Too Many"), whole(CONTENT))) {
      assertThat(fetch(server)).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void aFileThatIsNotThereIsNotAskedForAgain() throws IOException {
    try (MisbehavingServer server = new MisbehavingServer(status("404 Not Found"))) {
      assertThatThrownBy(() -> fetch(server)).hasMessageContaining("the server answered 404");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void aWrongLengthIsFoundByTheHash() throws IOException {
    try (MisbehavingServer server = new MisbehavingServer(shortLength(CONTENT))) {
      assertThatThrownBy(() -> fetch(server))
          .hasMessageContaining("does not match the published")
          .hasMessageContaining("discarded");
      assertThat(folder.resolve("networks")).isEmptyDirectory();
    }
  }

  @Test
  void aRedirectIsFollowed() throws IOException {
    try (MisbehavingServer target = new MisbehavingServer(whole(CONTENT));
        MisbehavingServer server = new MisbehavingServer(redirect(target.address("/elsewhere")))) {
      assertThat(fetch(server)).hasBinaryContent(CONTENT).hasFileName("net.pth");
    }
  }

  @Test
  void mirrorsAreTriedInTheirOrder() throws IOException {
    try (MisbehavingServer gone = new MisbehavingServer(status("404 Not Found"));
        MisbehavingServer wrong = new MisbehavingServer(whole(new byte[9]));
        MisbehavingServer good = new MisbehavingServer(whole(CONTENT))) {
      Release release =
          release(gone.address("/net.pth"), wrong.address("/x"), good.address("/copy.bin"));
      Path file = new Download(folder, SHORT, Map.of()).fetch(release);
      assertThat(file).hasBinaryContent(CONTENT).hasFileName("net.pth");
      Files.delete(file);
      Release without = release(gone.address("/net.pth"), wrong.address("/x"));
      assertThatThrownBy(() -> new Download(folder, SHORT, Map.of()).fetch(without))
          .isInstanceOf(UserException.class)
          .hasMessageContainingAll("answered 404", wrong.address("/x"), "does not match");
    }
  }

  @Test
  void theProxyOfTheEnvironmentIsUsed() throws IOException {
    try (MisbehavingServer proxy = new MisbehavingServer(whole(CONTENT))) {
      Map<String, String> environment = Map.of("http_proxy", proxy.proxy().toString());
      Release release = release("http://weights.invalid/net.pth");
      assertThat(new Download(folder, SHORT, environment).fetch(release)).hasBinaryContent(CONTENT);
      assertThat(proxy.requests().get(0)).startsWith("GET http://weights.invalid/net.pth ");
    }
  }

  private Path fetch(MisbehavingServer server) throws IOException {
    return new Download(folder, SHORT, Map.of()).fetch(release(server.address("/net.pth")));
  }

  private Release release(String uri, String... mirrors) throws IOException {
    Path whole = Files.write(folder.resolve("whole"), CONTENT);
    Preprocessing any = Preprocessing.CAFFE;
    return new Release(uri, List.of(mirrors), Sha256.of(whole), "", "", "none", any);
  }
}
