package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Results in buckets, with their sidecars, pages and finished parts. */
class BucketResultsIT {

  private static final Path PHOTO = Path.of("../video/src/test/media/clouds.png");
  private static final Path CLIP = Path.of("../video/src/test/media/clip.mp4");

  @RegisterExtension final LocalBucket bucket = new LocalBucket("results");

  @Test
  void aStillIsReproducedFromItsSidecarOrItself() {
    try (S3Client client = bucket.client()) {
      client.putObject(object -> object.bucket("results").key("in/photo.png"), PHOTO);
      String dream = "s3a://results/out/dream.png";
      String[] small = {"--quiet", "--octaves", "1", "--iterations", "1", "--size", "96x"};
      bucket.run(
          Stream.concat(
              Stream.of("images", "s3a://results/in/photo.png", dream), Stream.of(small)));
      String sidecar =
          client
              .getObjectAsBytes(object -> object.bucket("results").key("out/dream.png.json"))
              .asUtf8String();
      assertThat(sidecar).contains("\"photo.png\"").doesNotContain("secret", "results/in");
      CommandLineRun elsewhere = bucket.run(Stream.of("rerun", dream));
      assertThat(elsewhere.err()).contains("s3a://results/out/photo.png; name it with --input");
      assertThat(elsewhere.code()).isEqualTo(3);
      String input = "s3a://results/in/photo.png";
      assertThat(bucket.run(Stream.of("rerun", dream, "--input", input)).out())
          .endsWith("same frames\n");

      client.deleteObject(object -> object.bucket("results").key("out/dream.png.json"));
      String[] onceMore = {"rerun", dream, "s3a://results/once-more.png", "--input", input};
      assertThat(bucket.run(Stream.of(onceMore)).out()).endsWith("same frames\n");

      client.putObject(
          object -> object.bucket("results").key("in/photo.png"), RequestBody.fromString("other"));
      CommandLineRun changed =
          bucket.run(Stream.of("rerun", "--overwrite", "--input", input, dream));
      assertThat(changed.code()).isEqualTo(3);
      assertThat(changed.err()).contains("is not the source of " + dream);
    }
  }

  @Test
  void pagesAreWrittenToBuckets() {
    try (S3Client client = bucket.client()) {
      client.putObject(object -> object.bucket("results").key("in/photo.png"), PHOTO);
      client.putObject(object -> object.bucket("results").key("in/clip.mp4"), CLIP);
      CommandLineRun preview =
          bucket.run(
              Stream.of(
                  ("preview --quiet --presets eyes,petals --octaves 1 --iterations 1 --size 96"
                          + " s3a://results/in/photo.png s3a://results/looks.html")
                      .split(" ")));
      assertThat(preview.code()).as(preview.err()).isZero();
      assertThat(text(client, "looks.html"))
          .contains("s3a://results/in/photo.png", "--preset petals", "data:image/jpeg")
          .doesNotContain("secret");
      assertThat(LocalBucket.keys(client, "results", "")).contains("looks.png");
      CommandLineRun film =
          bucket.run(
              Stream.of(
                  ("video --quiet --report --partial --octaves 1 --iterations 1 --size 96x"
                          + " s3a://results/in/clip.mp4 s3a://results/out/dream.mp4")
                      .split(" ")));
      assertThat(film.code()).as(film.err()).isZero();
      assertThat(text(client, "out/dream.mp4.html"))
          .contains("finished", "data:video/mp4", "reverie rerun")
          .doesNotContain("secret");
      assertThat(LocalBucket.keys(client, "results", "out/"))
          .containsExactlyInAnyOrder("out/dream.mp4", "out/dream.mp4.html", "out/dream.mp4.json");
    }
  }

  private static String text(S3Client client, String key) {
    return client.getObjectAsBytes(object -> object.bucket("results").key(key)).asUtf8String();
  }
}
