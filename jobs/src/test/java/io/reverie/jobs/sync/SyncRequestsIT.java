package io.reverie.jobs.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.cli.CommandLineRun;
import io.reverie.jobs.storage.FaultyProxy;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.S3Server;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The number of requests that a sync sends for each input; docs/cluster.md has the prices. */
class SyncRequestsIT {

  private static final Path CLIP = Path.of("../video/src/test/media/clip.mp4");

  private S3Server server;
  private FaultyProxy proxy;
  private Location bucket;

  @TempDir private Path folder;

  @BeforeEach
  void start() throws Exception {
    server = S3Server.startOpen();
    proxy = new FaultyProxy(server.uri());
    // Hadoop keeps a client for each bucket, even after its server stops.
    bucket = server.bucket("requests-" + System.nanoTime());
  }

  @AfterEach
  void stop() throws Exception {
    proxy.close();
    server.close();
  }

  private void put(String key, Path file) {
    try (S3Client client = server.client()) {
      client.putObject(
          request -> request.bucket(bucket.text().substring("s3a://".length())).key(key),
          RequestBody.fromFile(file));
    }
  }

  @Test
  void anImageTakesAtMostEightRequests() throws IOException {
    Map<String, Long> one = requestsOfRun(() -> put("in/0.png", image(0)));
    int more = 20;
    Map<String, Long> many =
        requestsOfRun(
            () -> {
              for (int i = 1; i <= more; i++) {
                put("in/%d.png".formatted(i), image(i));
              }
            });
    System.out.printf("requests for one image: %s, for %d: %s%n", one, more, many);
    long each = (sum(many) - sum(one)) / (more - 1);
    assertThat(each).isLessThanOrEqualTo(8);
    // A run with nothing to do.
    assertThat(sum(requestsOfRun(() -> {}))).isLessThanOrEqualTo(25);
  }

  @Test
  void aShortVideoTakesFewRequests() throws IOException {
    Map<String, Long> one = requestsOfRun(() -> put("in/0.mp4", CLIP));
    Map<String, Long> four =
        requestsOfRun(
            () -> {
              for (int i = 1; i <= 4; i++) {
                put("in/%d.mp4".formatted(i), CLIP);
              }
            });
    System.out.printf("requests for one video: %s, for 4: %s%n", one, four);
    assertThat((sum(four) - sum(one)) / 3).isLessThanOrEqualTo(40);
  }

  private interface Change {
    void make() throws IOException;
  }

  private Map<String, Long> requestsOfRun(Change change) throws IOException {
    change.make();
    proxy.reset();
    List<String> words =
        new ArrayList<>(
            List.of("sync", bucket.text() + "/in/", bucket.text() + "/out/", "--json", "--size"));
    words.addAll(List.of("64x", "--octaves", "1", "--iterations", "1"));
    words.addAll(List.of("--set", "sync.minAge=0", "--set", "video.end=0.2"));
    words.addAll(List.of("--", "--master", "local[2,4]"));
    settings().forEach((key, value) -> words.addAll(List.of("--conf", key + "=" + value)));
    CommandLineRun run = CommandLineRun.of(words.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    Map<String, Long> counts = new TreeMap<>();
    for (String request : proxy.requests()) {
      counts.merge(kind(request), 1L, Long::sum);
      if (Boolean.getBoolean("reverie.test.requests")) {
        System.out.println(request);
      }
    }
    return counts;
  }

  private Map<String, String> settings() {
    String fs = "spark.hadoop.fs.s3a.bucket.%s.".formatted(bucket.text().substring(6));
    return Map.of(
        fs + "endpoint", proxy.uri().toString(),
        fs + "endpoint.region", "us-east-1",
        fs + "path.style.access", "true",
        fs + "access.key", "an-access-key",
        fs + "secret.key", "a-secret-key");
  }

  private static String kind(String request) {
    String method = request.substring(0, request.indexOf(' '));
    return request.contains("list-type=2") ? "LIST" : method;
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private Path image(int seed) throws IOException {
    BufferedImage image = new BufferedImage(48, 36, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 48 * 36; i++) {
      image.setRGB(i % 48, i / 48, i * 7919 * (seed + 3));
    }
    Path file = Files.createDirectories(folder).resolve(seed + ".png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }
}
