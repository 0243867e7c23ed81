package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** A kept dream in a bucket serves every machine. */
class KeptDreamInBucketIT {

  @RegisterExtension final LocalBucket bucket = new LocalBucket("dreams");

  @TempDir private Path folder;

  @Test
  void anotherStrengthTakesTheDreamFromTheBucket() {
    try (S3Client client = bucket.client()) {
      client.putObject(object -> object.bucket("dreams").key("in/clip.mp4"), KeyFixtures.clip());
      String clip = "s3a://dreams/in/clip.mp4";
      String small = "--size 64x --octaves 1 --iterations 2 --end 0.75 --codec ffv1";
      String two = " --set video.segment=5 --set video.overlap=1";
      String video = "video " + small + two;
      assertThat(run(video + " --keep-dream", clip, "s3a://dreams/out/one.mkv").err())
          .contains("kept the dream: ");
      assertThat(LocalBucket.keys(client, "dreams", ""))
          .anyMatch(key -> key.endsWith(".dream/segment-000001.finished"));

      CommandLineRun half = run(video + " --strength 0.5", clip, "s3a://dreams/out/two.mkv");
      assertThat(half.err()).contains("using the kept dream of clip.mp4; nothing is dreamed again");
      Path made = folder.resolve("made.mkv");
      client.getObject(object -> object.bucket("dreams").key("out/two.mkv"), made);
      Path fresh = folder.resolve("fresh.mkv");
      run(video + " --strength 0.5", clip, fresh.toString());
      assertThat(Videos.hashes(made)).isEqualTo(Videos.hashes(fresh));

      CommandLineRun clean = run("clean --older-than 0", "s3a://dreams/out");
      assertThat(clean.out()).containsPattern("clip.mp4-[0-9a-f]{16}\\.dream  ");
      assertThat(LocalBucket.keys(client, "dreams", "")).noneMatch(key -> key.contains(".dream/"));
    }
  }

  private CommandLineRun run(String options, String... paths) {
    Stream<String> words = Stream.concat(Stream.of(options.split(" ")), Stream.of(paths));
    CommandLineRun run = bucket.run(words);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }
}
