package io.reverie.jobs.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.core.network.Networks;
import io.reverie.jobs.UserException;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.Recipe;
import io.reverie.jobs.spec.SpecLoader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.gaul.s3proxy.junit.S3ProxyExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Weights in a bucket, served by s3proxy on loopback. */
class S3WeightsTest {

  @RegisterExtension
  final S3ProxyExtension s3 =
      S3ProxyExtension.builder().withCredentials("access", "secret").build();

  @TempDir private Path folder;

  @Test
  void weightsComeFromABucket() throws IOException {
    createBucket("networks");
    byte[] content = "weights".getBytes(StandardCharsets.UTF_8);
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path("s3a://networks/a/net.pth");
    try (FileSystem system = FileSystem.newInstance(file.toUri(), hadoop());
        OutputStream out = system.create(file)) {
      out.write(content);
    }
    Recipe recipe = store().resolve(spec(file.toString()), Networks.descriptor("googlenet"));
    assertThat(Path.of(recipe.weights())).hasBinaryContent(content);
    assertThatThrownBy(() -> store().resolve(spec(file + ".no"), Networks.descriptor("googlenet")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cannot read the weights s3a://networks/a/net.pth.no");
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

  private WeightsStore store() {
    return new WeightsStore(folder, hadoop());
  }

  private static PipelineSpec spec(String weights) {
    return SpecLoader.load(Optional.empty(), List.of("weights=" + weights)).spec();
  }

  private Configuration hadoop() {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.s3a.endpoint", s3.getUri().toString());
    hadoop.set("fs.s3a.endpoint.region", "us-east-1");
    hadoop.set("fs.s3a.path.style.access", "true");
    hadoop.set("fs.s3a.access.key", "access");
    hadoop.set("fs.s3a.secret.key", "secret");
    return hadoop;
  }
}
