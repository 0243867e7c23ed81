package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.core.network.Networks;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.rpc.netty.RpcEndpointVerifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What another account of the machine can do with the ports of a laptop's cluster. */
@ExtendWith(SharedCluster.class)
class ClusterPortsIT {

  private static final Path CLIP =
      Path.of("../video/src/test/media/clip.mp4").toAbsolutePath().normalize();
  private static final Pattern PAGE =
      Pattern.compile("Successfully started service '(?:MasterUI|WorkerUI)' on port (\\d+)");

  @TempDir private Path folder;
  private LaptopCluster cluster;
  private final VisibleProcesses visible = new VisibleProcesses();

  @BeforeEach
  void find(LaptopCluster shared) {
    cluster = shared;
  }

  @Test
  void onlyWhoHasTheSecretIsHeard() throws Exception {
    assertThatThrownBy(() -> ask(Optional.empty())).isInstanceOf(Exception.class);
    assertThatThrownBy(() -> ask(Optional.of("guessed"))).isInstanceOf(Exception.class);
    assertThatCode(() -> ask(Optional.of(secret()))).doesNotThrowAnyException();
  }

  @Test
  void theSecretIsInAFileOfOursAndNowhereElse() throws Exception {
    String secret = secret();
    assertThat(secret).matches("[0-9a-f]{64}");
    for (Path file : List.of(cluster.settings(), daemons())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cluster.run())))
        .isEqualTo("rwx------");
    assertThat(Deployed.read("conf/spark-defaults.conf")).doesNotContain(secret);
    Path events = Files.createDirectory(folder.resolve("events"));
    List<String> talkative =
        List.of(
            "--conf", "spark.log.level=INFO",
            "--conf", "spark.logConf=true",
            "--conf", "spark.eventLog.enabled=true",
            "--conf", "spark.eventLog.compress=false",
            "--conf", "spark.eventLog.dir=" + events.toUri());
    Program run = cluster.submit(Map.of(), video(), talkative, visible::look);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("INFO", "spark.authenticate=true").doesNotContain(secret);
    assertThat(visible.commandLines())
        .anyMatch(line -> line.contains("CoarseGrainedExecutorBackend"))
        .noneMatch(line -> line.contains(secret));
    assertThat(textBelow(events)).contains("spark.authenticate").doesNotContain(secret);
    assertThat(textBelow(cluster.run())).contains("Launch command").doesNotContain(secret);
  }

  @Test
  void weightsAreServedUnderANameThatOnlyTheSecretTells() throws Exception {
    Path weights = folder.resolve("private.safetensors");
    try (InputStream embedded = Networks.resource("resource:embedded/embedded.safetensors")) {
      Files.copy(embedded, weights);
    }
    List<String> words = new ArrayList<>(video());
    words.addAll(List.of("--weights", weights.toString()));
    int port = freePort();
    Set<Path> earlier = cluster.applications();
    Set<String> refusals = new HashSet<>();
    Program run =
        cluster.submit(
            Map.of(),
            words,
            List.of("--conf", "spark.driver.port=" + port),
            () -> refusals.add(refusal(port)));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(refusals).noneMatch(String::isEmpty).anyMatch(text -> text.contains("not found"));
    List<String> names = new ArrayList<>();
    for (Path application : cluster.applicationsBut(earlier)) {
      try (Stream<Path> files = Files.walk(application)) {
        files.forEach(file -> names.add(file.getFileName().toString()));
      }
    }
    assertThat(names)
        .noneMatch(name -> name.contains("private"))
        .anyMatch(name -> name.matches("[0-9a-f]{64}\\.safetensors"));
  }

  /** Why a file of the driver's is not given to a stranger; empty where it is. */
  private static String refusal(int port) {
    try {
      new PortClient(port, Optional.empty()).fetch("/files/private.safetensors");
      return "";
    } catch (Exception e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void itsPagesTellNothing() throws Exception {
    for (String daemon : List.of("master", "worker-1")) {
      Matcher page = PAGE.matcher(Files.readString(cluster.run().resolve(daemon + ".log")));
      assertThat(page.find()).as(daemon).isTrue();
      for (String path : List.of("/", "/json/", "/logPage/?logType=out")) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page.group(1) + path)).build();
        HttpResponse<String> answer =
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(daemon + path).isEqualTo(403);
      }
    }
  }

  private void ask(Optional<String> secret) throws Exception {
    int port = URI.create(cluster.master()).getPort();
    new PortClient(port, secret)
        .send("endpoint-verifier", new RpcEndpointVerifier.CheckExistence("Master"));
  }

  private String secret() throws IOException {
    Properties properties = new Properties();
    properties.load(Files.newBufferedReader(cluster.settings()));
    return properties.getProperty("spark.authenticate.secret");
  }

  private List<String> video() {
    return SmallDream.video(CLIP.toString(), folder.resolve("dream.mp4").toString());
  }

  /** All files of a folder but libraries and the settings themselves. */
  /** The settings of master and workers. */
  private Path daemons() {
    return cluster.settings().resolveSibling("daemons.conf");
  }

  private String textBelow(Path root) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.toString().endsWith(".jar")
            && !List.of(cluster.settings(), daemons()).contains(file)) {
          text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return text.toString();
  }
}
