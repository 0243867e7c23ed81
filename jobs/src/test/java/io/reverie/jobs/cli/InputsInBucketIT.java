package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A list, its inputs and its results in a bucket. */
class InputsInBucketIT {

  private static final Path PHOTO = Path.of("../video/src/test/media/clouds.png");

  @RegisterExtension final LocalBucket bucket = new LocalBucket("lists");

  @Test
  void aListInABucketNamesFilesInIt() {
    try (S3Client client = bucket.client()) {
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
      assertThat(LocalBucket.keys(client, "lists", "out/"))
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

  @Test
  void aSyncReadsAListInABucketToo() {
    try (S3Client client = bucket.client()) {
      client.putObject(object -> object.bucket("lists").key("in/photo.png"), PHOTO);
      client.putObject(object -> object.bucket("lists").key("in/other.png"), PHOTO);
      client.putObject(
          object -> object.bucket("lists").key("new.csv"),
          RequestBody.fromString("input\nphoto.png\n"));
      CommandLineRun run =
          run("sync", "--set=sync.minAge=0", "--inputs", "s3a://lists/new.csv", "s3a://lists/in");
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(LocalBucket.keys(client, "lists", "out/"))
          .contains("out/photo.png")
          .doesNotContain("out/other.png");
    }
  }

  private CommandLineRun run(String list) {
    return run("images", "--inputs", list);
  }

  private CommandLineRun run(String... words) {
    return bucket.run(
        Stream.of(
                Stream.of(words),
                Stream.of("s3a://lists/out/", "--octaves=1", "--iterations=1", "--size=96x"))
            .flatMap(all -> all));
  }
}
