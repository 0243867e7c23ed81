package io.reverie.jobs.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.core.network.Networks;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.gaul.s3proxy.junit.S3ProxyExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Weights in a bucket, served by s3proxy on loopback. */
class S3WeightsIT {

  @RegisterExtension
  final S3ProxyExtension s3 =
      S3ProxyExtension.builder().withCredentials("access", "secret").build();

  @TempDir private Path folder;

  @Test
  void weightsAreReadFromABucket() throws IOException {
    createBucket("networks");
    byte[] content;
    try (InputStream in = Networks.resource("resource:embedded/embedded.safetensors")) {
      content = in.readAllBytes();
    }
    try (JavaSparkContext spark = new JavaSparkContext(conf())) {
      Location file = Location.of("s3a://networks/a/net.pth");
      Storage.of(file).write(file, content);
      WeightsStore store = new WeightsStore(folder);
      ResolvedSpec resolved = store.resolve(spec(file.text()), Networks.descriptor("embedded"));
      assertThat(Path.of(resolved.weights())).hasBinaryContent(content);
      assertThatThrownBy(() -> store.resolve(spec(file + ".no"), Networks.descriptor("embedded")))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("cannot read the weights s3a://networks/a/net.pth.no");
    }
  }

  private void createBucket(String name) {
    try (S3Client client =
        S3Client.builder()
            .endpointOverride(s3.getUri())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("access", "secret")))
            .build()) {
      client.createBucket(bucket -> bucket.bucket(name));
    }
  }

  private static PipelineSpec spec(String weights) {
    return SpecLoader.load(Optional.empty(), List.of("weights=" + weights)).spec();
  }

  private SparkConf conf() {
    return new SparkConf()
        .setAppName("test")
        .setMaster("local[1]")
        .set("spark.hadoop.fs.s3a.endpoint", s3.getUri().toString())
        .set("spark.hadoop.fs.s3a.endpoint.region", "us-east-1")
        .set("spark.hadoop.fs.s3a.path.style.access", "true")
        .set("spark.hadoop.fs.s3a.access.key", "access")
        .set("spark.hadoop.fs.s3a.secret.key", "secret");
  }
}
