package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gaul.s3proxy.junit.S3ProxyExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A kept dream in a bucket serves every machine. */
class KeptDreamInBucketIT {

  @RegisterExtension
  final S3ProxyExtension s3 =
      S3ProxyExtension.builder().withCredentials("access", "secret").build();

  @TempDir private Path folder;

  @Test
  void anotherStrengthTakesTheDreamFromTheBucket() {
    try (S3Client client = client()) {
      client.createBucket(bucket -> bucket.bucket("dreams"));
      client.putObject(object -> object.bucket("dreams").key("in/clip.mp4"), KeyFixtures.clip());
      String clip = "s3a://dreams/in/clip.mp4";
      String small = "--size 64x --octaves 1 --iterations 2 --end 0.75 --codec ffv1";
      String two = " --set video.segment=5 --set video.overlap=1";
      String video = "video " + small + two;
      assertThat(run(video + " --keep-dream", clip, "s3a://dreams/out/one.mkv").err())
          .contains("kept the dream: ");
      assertThat(keys(client)).anyMatch(key -> key.endsWith(".dream/segment-000001.finished"));

      CommandLineRun half = run(video + " --strength 0.5", clip, "s3a://dreams/out/two.mkv");
      assertThat(half.err()).contains("using the kept dream of clip.mp4; nothing is dreamed again");
      Path made = folder.resolve("made.mkv");
      client.getObject(object -> object.bucket("dreams").key("out/two.mkv"), made);
      Path fresh = folder.resolve("fresh.mkv");
      run(video + " --strength 0.5", clip, fresh.toString());
      assertThat(Videos.hashes(made)).isEqualTo(Videos.hashes(fresh));

      CommandLineRun clean = run("clean --older-than 0", "s3a://dreams/out");
      assertThat(clean.out()).containsPattern("clip.mp4-[0-9a-f]{16}\\.dream  ");
      assertThat(keys(client)).noneMatch(key -> key.contains(".dream/"));
    }
  }

  private static List<String> keys(S3Client client) {
    return client.listObjectsV2(list -> list.bucket("dreams")).contents().stream()
        .map(S3Object::key)
        .toList();
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

  private CommandLineRun run(String options, String... paths) {
    Stream<String> words = Stream.concat(Stream.of(options.split(" ")), Stream.of(paths));
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
    CommandLineRun run =
        CommandLineRun.of(Stream.concat(words, spark.stream()).toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }
}
