package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverie.jobs.cli.CommandLineRun;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.gaul.s3proxy.junit.S3ProxyExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A sync from a bucket to a bucket. */
class BucketSyncIT {

  private static final Path CLIP = Path.of("../video/src/test/media/clip.mp4");

  @RegisterExtension
  final S3ProxyExtension local =
      S3ProxyExtension.builder().withCredentials("access", "secret").build();

  @TempDir private Path folder;

  private Bucket bucket;

  @BeforeEach
  void open() {
    bucket = Bucket.of(local);
  }

  @AfterEach
  void close() {
    bucket.close();
  }

  @Test
  void whatIsDoneIsDoneOnceAndWhatIsNewOrReplacedIsDoneNext() throws IOException {
    for (int i = 0; i < 6; i++) {
      bucket.put("in/films %d/clip [%d].mp4".formatted(i % 2, i), CLIP);
    }
    for (int i = 0; i < 40; i++) {
      bucket.put("in/stills/%02d.png".formatted(i), image(i));
    }
    assertThat(summary(sync(), 46)).containsEntry("dreamed", 46).containsEntry("failed", 0);
    Map<String, String> results = results();
    assertThat(results.keySet())
        .hasSize(2 * 46)
        .contains("out/films 1/clip [1].mp4", "out/films 1/clip [1].mp4.json", "out/stills/07.png");
    Map<String, String> records = records();

    assertThat(summary(sync(), 46)).containsEntry("done", 46).containsEntry("dreamed", 0);
    assertThat(results()).isEqualTo(results);
    assertThat(records()).isEqualTo(records);

    bucket.put("in/stills/07.png", image(1007));
    bucket.put("in/stills/new ü.png", image(1008));
    assertThat(summary(sync(), 47)).containsEntry("done", 45).containsEntry("dreamed", 2);
    Map<String, String> changed = new TreeMap<>(results());
    for (String suffix : List.of("", ".json")) {
      assertThat(changed.remove("out/stills/new ü.png" + suffix)).isNotNull();
      String replaced = "out/stills/07.png" + suffix;
      assertThat(changed.remove(replaced)).isNotEqualTo(results.remove(replaced));
    }
    assertThat(changed).isEqualTo(results);
    assertThat(bucket.uploads()).isEmpty();
  }

  @Test
  void whileAnotherSyncWorksNothingIsDoneAndThatIsNoError() throws IOException {
    bucket.put("in/a.png", image(1));
    String held =
        "{\"version\":1,\"id\":\"x\",\"holder\":\"process 7 on elsewhere\",\"renewed\":%d,\"released\":false}"
            .formatted(System.currentTimeMillis());
    Path lease = Files.writeString(folder.resolve("lease"), held);
    bucket.put("out/.reverie/sync/lease/000000000041", lease);
    CommandLineRun run = sync();
    assertThat(run.code()).isZero();
    assertThat(run.out() + run.err()).contains("process 7 on elsewhere");
    assertThat(bucket.versions("out/").keySet())
        .containsExactly("out/.reverie/sync/lease/000000000041");
  }

  @Test
  void whatASyncThatDiedHeldIsTakenOver() throws IOException {
    bucket.put("in/a.png", image(1));
    String dead =
        "{\"version\":1,\"id\":\"x\",\"holder\":\"process 7 on elsewhere\",\"renewed\":%d,\"released\":false}"
            .formatted(System.currentTimeMillis() - 3_600_000);
    bucket.put(
        "out/.reverie/sync/lease/000000000041", Files.writeString(folder.resolve("dead"), dead));
    assertThat(summary(sync(), 1)).containsEntry("dreamed", 1);
    assertThat(bucket.versions("out/").keySet())
        .contains("out/a.png", "out/.reverie/sync/lease/000000000043")
        .doesNotContain("out/.reverie/sync/lease/000000000041");
  }

  private CommandLineRun sync() {
    List<String> words =
        new ArrayList<>(
            List.of("sync", bucket.uri("in/"), bucket.uri("out/"), "--json", "--size", "64x"));
    words.addAll(List.of("--octaves", "1", "--iterations", "1", "--set", "sync.minAge=0"));
    words.addAll(List.of("--set", "video.end=0.2", "--", "--master", "local[2,4]"));
    bucket.settings().forEach((key, value) -> words.addAll(List.of("--conf", key + "=" + value)));
    return CommandLineRun.of(words.toArray(String[]::new));
  }

  private static Map<String, Integer> summary(CommandLineRun run, int found) throws IOException {
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.path("found").asInt()).isEqualTo(found);
    Map<String, Integer> counts = new TreeMap<>();
    for (String key : List.of("done", "dreamed", "failed", "young", "quarantined")) {
      counts.put(key, json.path(key).asInt(-1));
    }
    return counts;
  }

  /** All but what is kept aside. */
  private Map<String, String> results() {
    Map<String, String> all = new TreeMap<>(bucket.versions("out/"));
    all.keySet().removeIf(key -> key.startsWith("out/.reverie/"));
    return all;
  }

  /** What was noted of each item. */
  private Map<String, String> records() {
    return new TreeMap<>(bucket.versions("out/.reverie/sync/done/"));
  }

  private Path image(int seed) throws IOException {
    BufferedImage image = new BufferedImage(48, 36, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 48 * 36; i++) {
      image.setRGB(i % 48, i / 48, i * 7919 * (seed + 3));
    }
    Path file = folder.resolve(seed + ".png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }
}
