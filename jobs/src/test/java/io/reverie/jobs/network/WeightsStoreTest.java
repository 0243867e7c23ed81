package io.reverie.jobs.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.reverie.core.DreamException;
import io.reverie.core.network.Networks;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Downloads come from a server on loopback. */
class WeightsStoreTest {

  private static final byte[] CONTENT = "weights".getBytes(StandardCharsets.UTF_8);

  /** As {@code printf weights | sha1sum} prints it. */
  private static final String SHA1 = "5cab97f5a209481481ceb0b3c9dab9cba6bd17ce";

  @TempDir private Path folder;
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/net-",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void publishedWeightsAreFetchedOnceAndTheirFullHashIsRecorded() throws IOException {
    String hash = Sha256.of("weights");
    ResolvedSpec recipe = store().resolve(spec("auto"), published(hash.substring(0, 8)));
    assertThat(Path.of(recipe.weights())).hasBinaryContent(CONTENT);
    assertThat(recipe.weightsSha256()).isEqualTo(hash);
    assertThat(Path.of(recipe.weights() + ".sha256")).content().startsWith(hash);
    store().resolve(spec("auto"), published(hash.substring(0, 8)));
    assertThat(requests).hasValue(1);
  }

  @Test
  void weightsOfAnotherHashAreNotKept() {
    assertThatThrownBy(() -> store().resolve(spec("auto"), published("deadbeef")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("does not match the published deadbeef");
    assertThat(folder.resolve("networks")).isEmptyDirectory();
  }

  @Test
  void aPublishedSha1IsCheckedAndTheSha256OfWhatCameIsRecorded() throws IOException {
    NetworkDescriptor network = withSha1(SHA1);
    ResolvedSpec recipe = store().resolve(spec("auto"), network);
    assertThat(recipe.weightsSha256()).isEqualTo(Sha256.of("weights"));
    assertThat(Path.of(recipe.weights() + ".sha256")).content().startsWith(Sha256.of("weights"));
    store().resolve(spec("auto"), network);
    assertThat(requests).hasValue(1);
    Files.writeString(Path.of(recipe.weights()), "damaged");
    store().resolve(spec("auto"), network);
    assertThat(requests).hasValue(2);
  }

  @Test
  void weightsOfAnotherSha1AreNotKept() {
    NetworkDescriptor network = withSha1("0".repeat(40));
    assertThatThrownBy(() -> store().resolve(spec("auto"), network))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has the SHA-1 " + SHA1)
        .hasMessageContaining("does not match the published " + "0".repeat(40));
    assertThat(folder.resolve("networks")).isEmptyDirectory();
  }

  @Test
  void anAbbreviatedSha1IsRefused() {
    assertThatThrownBy(() -> withSha1("405fc5ac"))
        .isInstanceOf(DreamException.class)
        .hasMessageContaining("must be 40 hexadecimal digits, not '405fc5ac'");
  }

  @Test
  void aFileThatWasDamagedInTheCacheIsFetchedAgain() throws IOException {
    String hash = Sha256.of("weights");
    ResolvedSpec recipe = store().resolve(spec("auto"), published(hash));
    Files.writeString(Path.of(recipe.weights()), "damaged");
    assertThat(store().resolve(spec("auto"), published(hash)).weightsSha256()).isEqualTo(hash);
    assertThat(requests).hasValue(2);
  }

  @Test
  void weightsWithoutAPublishedHashAreNotDownloaded() {
    assertThatThrownBy(() -> store().resolve(spec("auto"), published("")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("download it yourself and name the file with --weights");
    assertThat(requests).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.org/net-0.pth, deadbeef, at least 64 digits",
    "https://example.org/net-0.pth, dead, at least 8 digits",
    "https://example.org/, deadbeef, does not name a file",
    "https://example.org/..%2f.., deadbeef, does not name a file",
    "https://exa mple.org/net-0.pth, deadbeef, is not a valid web address"
  })
  void whatCouldBeExchangedOnItsWayOrHasNoNameIsNotDownloaded(
      String uri, String sha256, String part) {
    NetworkDescriptor network = of(uri, sha256);
    assertThatThrownBy(() -> store().resolve(spec("auto"), network))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(part, "--weights");
  }

  @Test
  void aHashThatIsAPathIsRefused() {
    assertThatThrownBy(() -> of("resource:embedded/embedded.safetensors", "../../../x"))
        .isInstanceOf(DreamException.class)
        .hasMessageContaining("must be up to 64 hexadecimal digits, not '../../../x'");
  }

  @Test
  void weightsThatAreNotInTheProgramAreASentence() {
    NetworkDescriptor network = of("resource:nothing", "00");
    assertThatThrownBy(() -> store().resolve(spec("auto"), network))
        .isInstanceOf(DreamException.class)
        .hasMessageContaining("Reverie does not include weights for resource:nothing");
  }

  @Test
  void withoutANetworkTheSentenceSaysWhatToDo() {
    NetworkDescriptor network = published("00");
    server.stop(0);
    assertThatThrownBy(() -> store().resolve(spec("auto"), network))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("download the file elsewhere and name it with --weights");
  }

  @Test
  void aServersRefusalIsTold() {
    NetworkDescriptor missing = descriptor("/other/net-0.pth", "00");
    assertThatThrownBy(() -> store().resolve(spec("auto"), missing))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("404");
  }

  @Test
  void printingASpecDownloadsNothing() {
    assertThat(store().resolveHere(spec("auto"), published("00"))).isEmpty();
    assertThat(requests).hasValue(0);
  }

  @Test
  void theEmbeddedWeightsAreUnpackedAndMendedIfDamaged() throws IOException {
    NetworkDescriptor embedded = Networks.descriptor("embedded");
    ResolvedSpec recipe = store().resolve(spec("auto"), embedded);
    assertThat(recipe.weightsSha256()).isEqualTo(embedded.weights().get(0).sha256());
    Files.writeString(Path.of(recipe.weights()), "damaged");
    assertThat(store().resolve(spec("auto"), embedded).weightsSha256())
        .isEqualTo(recipe.weightsSha256());
  }

  @Test
  void theSideOfTilesIsChosenBeforeTheRecipeHasItsId() {
    NetworkDescriptor embedded = Networks.descriptor("embedded");
    ResolvedSpec chosen = store().resolve(spec("auto"), embedded);
    String side = chosen.spec().tile().text();
    assertThat(side).isIn("512", "1024", "2048");
    ResolvedSpec said = store().resolve(spec("auto", "tile=" + side), embedded);
    assertThat(said.id()).isEqualTo(chosen.id());
    assertThat(store().resolve(spec("auto", "tile=640"), embedded).id()).isNotEqualTo(said.id());
  }

  @Test
  void theUsersOwnFileIsTakenWhereItLiesAlsoByUri() throws IOException {
    Path own = Files.writeString(folder.resolve("own.pth"), "own");
    NetworkDescriptor network = Networks.descriptor("googlenet");
    assertThat(store().resolve(spec(own.toString()), network).weights()).isEqualTo(own.toString());
    ResolvedSpec byUri = store().resolve(spec(own.toUri().toString()), network);
    assertThat(byUri.weightsSha256()).isEqualTo(Sha256.of(own));
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> store().resolve(spec("nowhere.pth"), Networks.descriptor("googlenet")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the weights file nowhere.pth does not exist");
  }

  @Test
  void whereNothingCanBeCachedTheEmbeddedWeightsAreUnpackedForThisRun() throws IOException {
    Path blocked = Files.createFile(folder.resolve("blocked"));
    SpecLoader.Loaded loaded = SpecLoader.load(Optional.empty(), List.of());
    ResolvedSpec recipe = new WeightsStore(blocked).resolve(loaded.spec(), loaded.network());
    assertThat(Path.of(recipe.weights())).isRegularFile();
    assertThat(recipe.id()).isEqualTo(store().resolve(loaded.spec(), loaded.network()).id());
  }

  private WeightsStore store() {
    return new WeightsStore(folder);
  }

  private static PipelineSpec spec(String weights, String... others) {
    List<String> all = new ArrayList<>(List.of(others));
    all.add("weights=" + weights);
    return SpecLoader.load(Optional.empty(), all).spec();
  }

  private NetworkDescriptor published(String sha256) {
    return descriptor("/net-0.pth", sha256);
  }

  private NetworkDescriptor descriptor(String path, String sha256) {
    return of("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path), sha256);
  }

  private NetworkDescriptor withSha1(String sha1) {
    String uri = "http://127.0.0.1:%d/net-0.caffemodel".formatted(server.getAddress().getPort());
    return of("uri: \"%s\", sha1: \"%s\"".formatted(uri, sha1));
  }

  private static NetworkDescriptor of(String uri, String sha256) {
    return of("uri: \"%s\", sha256: \"%s\"".formatted(uri, sha256));
  }

  private static NetworkDescriptor of(String release) {
    return Networks.parse(
        """
        name: served
        title: a network of the test's
        architecture: googlenet
        layer: inception4c
        minimumSide: 32
        preprocessing: {order: rgb, scale: 1, mean: [0, 0, 0], std: [1, 1, 1]}
        weights:
          - {%s, licence: none}
        """
            .formatted(release),
        "test");
  }
}
