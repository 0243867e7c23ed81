package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The lines about pieces of work, in text and JSON, and an executor's counts on the driver. */
@ExtendWith(SharedCluster.class)
class WorkLogIT {

  private static final Path MEDIA = Path.of("../video/src/test/media").toAbsolutePath().normalize();
  private static final String REVERIE = Deployed.FOLDER.resolve("bin/reverie").toString();

  @TempDir private Path folder;

  private List<String> image(String name) {
    return List.of(
        REVERIE,
        "images",
        "--quiet",
        "--size",
        "64x",
        "--octaves",
        "1",
        "--iterations",
        "1",
        MEDIA.resolve("lake.jpg").toString(),
        folder.resolve(name).toString());
  }

  @Test
  void theConsoleIsQuietUnlessTheUserWantsTheLines() throws Exception {
    Program quiet = Program.run(Map.of(), image("quiet.jpg"));
    assertThat(quiet.code()).as(quiet.err()).isZero();
    assertThat(quiet.err()).isEmpty();

    Program text = Program.run(Map.of("REVERIE_LOG", "info"), image("text.jpg"));
    assertThat(text.code()).as(text.err()).isZero();
    assertThat(text.err())
        .containsPattern(
            "(?m)^[\\d:]+ INFO work: image item=\\S*lake\\.jpg frames=1 seconds=[\\d.]+ device=cpu attempt=0 status=done$")
        .containsPattern("(?m) work: job phase=Dreaming item=lake\\.jpg tasks=1 ");
  }

  @Test
  void jsonHasTheFieldsApart() throws Exception {
    Program run =
        Program.run(Map.of("REVERIE_LOG", "info", "REVERIE_LOG_FORMAT", "json"), image("json.jpg"));
    assertThat(run.code()).as(run.err()).isZero();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : run.err().lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertThat(lines)
        .filteredOn(line -> line.path("event").asText().equals("image"))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.path("item").asText()).endsWith("lake.jpg");
              assertThat(line.path("frames").asInt()).isEqualTo(1);
              assertThat(line.path("seconds").asDouble()).isPositive();
              assertThat(line.path("device").asText()).isEqualTo("cpu");
              assertThat(line.path("level").asText()).isEqualTo("INFO");
              assertThat(line.path("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");
              assertThat(line.path("message").asText()).startsWith("image item=");
            });
  }

  @Test
  void aWrongFormatOrMasterIsTwo() throws Exception {
    Program format = Program.run(Map.of("REVERIE_LOG_FORMAT", "xml"), List.of(REVERIE, "-V"));
    assertThat(format)
        .isEqualTo(
            new Program(
                2, "", "reverie: invalid REVERIE_LOG_FORMAT 'xml'; expected text or json\n"));
    Program master =
        Program.run(
            Map.of("SPARK_HOME", folder.toString()),
            List.of(REVERIE, "video", "a.mp4", "b.mp4", "--", "--master", "sprak://host:7077"));
    assertThat(master.code()).isEqualTo(2);
    assertThat(master.err()).hasLineCount(1).contains("invalid master 'sprak://host:7077'");
  }

  @Test
  void executorsLogTheirPiecesAndTheDriverSumsTheirCounts(LaptopCluster cluster) throws Exception {
    Set<Path> earlier = cluster.applications();
    int port = freePort();
    List<String> words = new ArrayList<>(List.of(REVERIE));
    words.addAll(
        List.of("video", "--quiet", "--size", "96x54", "--octaves", "2", "--iterations", "20"));
    words.addAll(List.of("--set", "video.segment=20", "--set", "video.overlap=4"));
    words.addAll(List.of("--set", "video.chunk=6"));
    words.add(MEDIA.resolve("clip.mp4").toString());
    words.add(folder.resolve("dream.mp4").toString());
    words.addAll(List.of("--", "--master", cluster.master()));
    for (String setting :
        List.of(
            "spark.executor.memory=1g",
            "spark.ui.enabled=true",
            "spark.ui.filters=",
            "spark.ui.port=" + port)) {
      words.addAll(List.of("--conf", setting));
    }
    Map<String, String> environment = new HashMap<>(Map.of("SPARK_HOME", cluster.home()));
    try (RunningProgram program = RunningProgram.start(environment, words)) {
      program.await("frames of executors on the driver", () -> frames(port) > 0);
      Program run = program.end();
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.err()).isEmpty();
    }
    List<String> lines = new ArrayList<>();
    for (Path application : cluster.applicationsBut(earlier)) {
      try (Stream<Path> files = Files.walk(application)) {
        for (Path log : files.filter(file -> file.endsWith("stderr")).toList()) {
          lines.addAll(Files.readAllLines(log));
        }
      }
    }
    assertThat(lines)
        .anyMatch(
            line -> line.matches(".* work: segment item=\\S*clip\\.mp4 segment=0 .*status=done"))
        .anyMatch(line -> line.matches(".* work: assembly item=\\S*clip\\.mp4 .*status=done"));
  }

  private static double frames(int port) throws InterruptedException {
    String address = "http://127.0.0.1:%d/metrics/prometheus/".formatted(port);
    try {
      String page =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(address)).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      Matcher sample =
          Pattern.compile("(?m)^metrics_reverie_driver_reverie_frames_Count\\S* (\\S+)$")
              .matcher(page);
      return sample.find() ? Double.parseDouble(sample.group(1)) : 0;
    } catch (IOException e) {
      // Not there yet.
      return 0;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
