package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.gaul.s3proxy.junit.S3ProxyExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Buckets that do not answer as they should, each in one sentence. */
class BucketFaultsIT {

  private static final String SAMPLES = "../video/src/test/media";
  private static final String WRONG = "wrongSecret4711";

  @RegisterExtension
  final S3ProxyExtension s3 =
      S3ProxyExtension.builder().withCredentials("access", "secret").build();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"images", "video"})
  void wrongKeysAreOneSentenceWithoutThem(String command) {
    // Hadoop keeps a bucket's first settings as long as the process lives.
    String input = "s3a://locked-for-%s/clip.mp4".formatted(command);
    CommandLineRun run = run(WRONG, command, input, folder.resolve("out.mp4").toString());
    assertSentence(run, "s3a://locked-for-" + command);
    assertThat(run.err()).doesNotContain(WRONG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"images", "video"})
  void aBucketThatDoesNotExistIsOneSentence(String command) {
    String input = "s3a://nowhere-for-%s/clip.mp4".formatted(command);
    assertSentence(
        run("secret", command, input, folder.resolve("out.mp4").toString()),
        "nowhere-for-" + command);
  }

  @Test
  void anOutputBucketThatDoesNotExistIsOneSentence() {
    assertSentence(
        run("secret", "video", SAMPLES + "/clip.mp4", "s3a://nowhere-to-put/dream.mp4"),
        "nowhere-to-put");
    assertSentence(
        run("secret", "images", SAMPLES + "/lake.jpg", "s3a://nowhere-to-hang/dream.jpg"),
        "nowhere-to-hang");
  }

  private static void assertSentence(CommandLineRun run, String location) {
    assertThat(run.err()).startsWith("reverie: ").contains(location).hasLineCount(1);
    assertThat(run.err()).doesNotContain("\tat ");
    assertThat(run.code()).isEqualTo(3);
  }

  private CommandLineRun run(String secret, String command, String input, String output) {
    List<String> words =
        List.of(
            command,
            "--quiet",
            "--size",
            "96x54",
            "--octaves",
            "1",
            "--iterations",
            "1",
            input,
            output,
            "--",
            "--master",
            "local[1,4]",
            "--conf",
            "spark.hadoop.fs.s3a.endpoint=" + s3.getUri(),
            "--conf",
            "spark.hadoop.fs.s3a.endpoint.region=us-east-1",
            "--conf",
            "spark.hadoop.fs.s3a.path.style.access=true",
            "--conf",
            "spark.hadoop.fs.s3a.access.key=access",
            "--conf",
            "spark.hadoop.fs.s3a.secret.key=" + secret);
    return CommandLineRun.of(words.toArray(String[]::new));
  }
}
