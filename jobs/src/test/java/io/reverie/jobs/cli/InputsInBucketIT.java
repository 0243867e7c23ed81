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

/** A list, its inputs and its results in a bucket. */
class InputsInBucketIT {

  private static final Path PHOTO = Path.of("../video/src/test/media/clouds.png");

  @RegisterExtension
  final S3ProxyExtension s3 =
      S3ProxyExtension.builder().withCredentials("access", "secret").build();

  @Test
  void aListInABucketNamesFilesInIt() {
    try (S3Client client = client()) {
      client.createBucket(bucket -> bucket.bucket("lists"));
      client.putObject(object -> object.bucket("lists").key("in/photo.png"), PHOTO);
      String rows =
          """
          input,output,strength
          s3a://lists/in/photo.png,,0.5
          s3a://lists/in/photo.png,other/look.png,1
          s3a://lists/in/missing.png,,
          """;
      client.putObject(
          object -> object.bucket("lists").key("rows.csv"), RequestBody.fromString(rows));
      CommandLineRun run = run("s3a://lists/rows.csv");
      assertThat(run.err()).contains("s3a://lists/in/missing.png");
      assertThat(run.code()).isEqualTo(4);
      assertThat(client.listObjectsV2(list -> list.bucket("lists").prefix("out/")).contents())
          .extracting(S3Object::key)
          .containsExactlyInAnyOrder(
              "out/photo.png",
              "out/photo.png.json",
              "out/other/look.png",
              "out/other/look.png.json");
      assertThat(run("s3a://lists/rows.csv").err())
          .contains("s3a://lists/out/photo.png already exists and was kept");
      CommandLineRun none = run("s3a://lists/none.csv");
      assertThat(none.err()).contains("s3a://lists/none.csv");
      assertThat(none.code()).isEqualTo(2);
    }
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

  private CommandLineRun run(String list) {
    String fs = "spark.hadoop.fs.s3a.";
    Stream<String> conf =
        Stream.of(
            "endpoint=" + s3.getUri(),
            "endpoint.region=us-east-1",
            "path.style.access=true",
            "access.key=access",
            "secret.key=secret");
    List<String> words =
        List.of("images", "--octaves=1", "--iterations=1", "--size=96x", "--inputs", list);
    return CommandLineRun.of(
        Stream.of(
                words.stream(),
                Stream.of("s3a://lists/out/", "--", "--master", "local[1,4]"),
                conf.flatMap(each -> Stream.of("--conf", fs + each)))
            .flatMap(each -> each)
            .toArray(String[]::new));
  }
}
