package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gaul.s3proxy.junit.S3ProxyExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Results in buckets, with their sidecars, pages and finished parts. */
class BucketResultsIT {

  private static final Path PHOTO = Path.of("../video/src/test/media/clouds.png");
  private static final Path CLIP = Path.of("../video/src/test/media/clip.mp4");

  @RegisterExtension
  final S3ProxyExtension s3 =
      S3ProxyExtension.builder().withCredentials("access", "secret").build();

  @Test
  void aStillIsReproducedFromItsSidecarOrItself() {
    try (S3Client client = client()) {
      client.createBucket(bucket -> bucket.bucket("reruns"));
      client.putObject(object -> object.bucket("reruns").key("in/photo.png"), PHOTO);
      String dream = "s3a://reruns/out/dream.png";
      String[] small = {"--quiet", "--octaves", "1", "--iterations", "1", "--size", "96x"};
      run(Stream.concat(Stream.of("images", "s3a://reruns/in/photo.png", dream), Stream.of(small)));
      String sidecar =
          client
              .getObjectAsBytes(object -> object.bucket("reruns").key("out/dream.png.json"))
              .asUtf8String();
      assertThat(sidecar).contains("\"photo.png\"").doesNotContain("secret", "reruns/in");
      CommandLineRun elsewhere = run(Stream.of("rerun", dream));
      assertThat(elsewhere.err()).contains("s3a://reruns/out/photo.png; name it with --input");
      assertThat(elsewhere.code()).isEqualTo(3);
      String input = "s3a://reruns/in/photo.png";
      assertThat(run(Stream.of("rerun", dream, "--input", input)).out()).endsWith("same frames\n");

      client.deleteObject(object -> object.bucket("reruns").key("out/dream.png.json"));
      String[] onceMore = {"rerun", dream, "s3a://reruns/once-more.png", "--input", input};
      assertThat(run(Stream.of(onceMore)).out()).endsWith("same frames\n");

      client.putObject(
          object -> object.bucket("reruns").key("in/photo.png"), RequestBody.fromString("other"));
      CommandLineRun changed = run(Stream.of("rerun", "--overwrite", "--input", input, dream));
      assertThat(changed.code()).isEqualTo(3);
      assertThat(changed.err()).contains("is not the source of " + dream);
    }
  }

  @Test
  void pagesAreWrittenToBuckets() {
    try (S3Client client = client()) {
      client.createBucket(bucket -> bucket.bucket("pages"));
      client.putObject(object -> object.bucket("pages").key("in/photo.png"), PHOTO);
      client.putObject(object -> object.bucket("pages").key("in/clip.mp4"), CLIP);
      CommandLineRun preview =
          run(
              Stream.of(
                  ("preview --quiet --presets eyes,petals --octaves 1 --iterations 1 --size 96"
                          + " s3a://pages/in/photo.png s3a://pages/looks.html")
                      .split(" ")));
      assertThat(preview.code()).as(preview.err()).isZero();
      assertThat(text(client, "looks.html"))
          .contains("s3a://pages/in/photo.png", "--preset petals", "data:image/jpeg")
          .doesNotContain("secret");
      assertThat(client.listObjects(list -> list.bucket("pages")).contents())
          .extracting(S3Object::key)
          .contains("looks.png");
      CommandLineRun film =
          run(
              Stream.of(
                  ("video --quiet --report --partial --octaves 1 --iterations 1 --size 96x"
                          + " s3a://pages/in/clip.mp4 s3a://pages/out/dream.mp4")
                      .split(" ")));
      assertThat(film.code()).as(film.err()).isZero();
      assertThat(text(client, "out/dream.mp4.html"))
          .contains("finished", "data:video/mp4", "reverie rerun")
          .doesNotContain("secret");
      assertThat(client.listObjects(list -> list.bucket("pages").prefix("out/")).contents())
          .extracting(S3Object::key)
          .containsExactlyInAnyOrder("out/dream.mp4", "out/dream.mp4.html", "out/dream.mp4.json");
    }
  }

  private static String text(S3Client client, String key) {
    return client.getObjectAsBytes(object -> object.bucket("pages").key(key)).asUtf8String();
  }

  private S3Client client() {
    return S3Client.builder()
        .endpointOverride(s3.getUri())
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("access", "secret")))
        .build();
  }

  private CommandLineRun run(Stream<String> words) {
    String fs = "spark.hadoop.fs.s3a.";
    List<String> spark =
        List.of(
            "--",
            "--master",
            "local[1,4]",
            "--conf",
            fs + "endpoint=" + s3.getUri(),
            "--conf",
            fs + "endpoint.region=us-east-1",
            "--conf",
            fs + "path.style.access=true",
            "--conf",
            fs + "access.key=access",
            "--conf",
            fs + "secret.key=secret");
    return CommandLineRun.of(Stream.concat(words, spark.stream()).toArray(String[]::new));
  }
}
