package io.reverie.jobs.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.gaul.s3proxy.junit.S3ProxyJunitCore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Plans of a bucket, served by s3proxy on loopback. */
class S3PlanIT extends PlanContract {

  /**
   * One server for the class: the JUnit extension starts one for each test, but the Spark context
   * outlives tests.
   */
  private static final S3ProxyJunitCore S3 =
      new S3ProxyJunitCore.Builder().withCredentials("access", "secret").build();

  private static JavaSparkContext spark;
  private static String bucket = "";

  private final String prefix = UUID.randomUUID().toString();

  @BeforeAll
  static void start() throws Exception {
    S3.beforeEach();
    // Hadoop caches a client for each bucket, even after this server stops.
    bucket = "sync-" + UUID.randomUUID();
    try (S3Client client =
        S3Client.builder()
            .endpointOverride(S3.getUri())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("access", "secret")))
            .build()) {
      client.createBucket(b -> b.bucket(bucket));
    }
    String fs = "spark.hadoop.fs.s3a.";
    spark =
        SyncWorld.spark(
            Map.of(
                fs + "endpoint", S3.getUri().toString(),
                fs + "endpoint.region", "us-east-1",
                fs + "path.style.access", "true",
                fs + "audit.execution.interceptors", CountedRequests.class.getName(),
                fs + "access.key", "access",
                fs + "secret.key", "secret"));
  }

  @AfterAll
  static void stop() {
    spark.stop();
    S3.afterEach();
  }

  @Override
  JavaSparkContext spark() {
    return spark;
  }

  @Override
  Location root() {
    return new Location("s3a://" + bucket + "/" + prefix);
  }

  /** Hadoop converts backslashes to slashes. */
  @Override
  List<String> awkward(List<String> names) {
    return names.stream().filter(n -> n.indexOf('\\') < 0).toList();
  }

  @Test
  void aPlanWithNothingDueOnlySendsListRequests() throws IOException {
    SyncWorld world = SyncWorld.of(spark, root());
    for (int i = 0; i < 50; i++) {
      world.put("a" + i + ".png", "a");
    }
    world.dream(world.rules());
    CountedRequests.clear();
    assertThat(world.states().values()).hasSize(50).containsOnly(ItemState.DONE);
    Map<String, Long> requests = CountedRequests.all();
    assertThat(requests.keySet()).isSubsetOf("ListObjectsV2Request", "HeadObjectRequest");
    assertThat(requests.get("ListObjectsV2Request")).isBetween(2L, 6L);
    assertThat(requests.getOrDefault("HeadObjectRequest", 0L)).isLessThan(6);
  }
}
