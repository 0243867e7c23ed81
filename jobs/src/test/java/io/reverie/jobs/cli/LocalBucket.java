package io.reverie.jobs.cli;

import java.util.List;
import java.util.stream.Stream;
import org.gaul.s3proxy.junit.S3ProxyExtension;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket on loopback, and the program run on it. Hadoop caches a file system per bucket, so each
 * test class needs a name of its own.
 */
final class LocalBucket implements BeforeEachCallback, AfterEachCallback {

  private static final String FS = "spark.hadoop.fs.s3a.";

  private final S3ProxyExtension server =
      S3ProxyExtension.builder().withCredentials("access", "secret").build();
  private final String name;

  LocalBucket(String name) {
    this.name = name;
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    server.beforeEach(context);
    try (S3Client client = client()) {
      client.createBucket(bucket -> bucket.bucket(name));
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    server.afterEach(context);
  }

  /** The caller closes it. */
  S3Client client() {
    return S3Client.builder()
        .endpointOverride(server.getUri())
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("access", "secret")))
        .build();
  }

  static List<String> keys(S3Client client, String bucket, String prefix) {
    return client.listObjectsV2(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  CommandLineRun run(Stream<String> words) {
    Stream<String> spark =
        Stream.of(
                "endpoint=" + server.getUri(),
                "endpoint.region=us-east-1",
                "path.style.access=true",
                "access.key=access",
                "secret.key=secret")
            .flatMap(setting -> Stream.of("--conf", FS + setting));
    return CommandLineRun.of(
        Stream.of(words, Stream.of("--", "--master", "local[1,4]"), spark)
            .flatMap(each -> each)
            .toArray(String[]::new));
  }
}
