package io.reverie.jobs.storage;

import io.reverie.jobs.lease.LeaseContract;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** S3A with a server named by the environment; the AWS variables hold the credentials. */
@EnabledIfEnvironmentVariable(named = "REVERIE_TEST_S3_ENDPOINT", matches = ".+")
@EnabledIfEnvironmentVariable(named = "REVERIE_TEST_S3_BUCKET", matches = ".+")
class StorageAnyS3Test extends S3Contract {

  private final URI endpoint = URI.create(System.getenv("REVERIE_TEST_S3_ENDPOINT"));
  private final String region =
      Optional.ofNullable(System.getenv("REVERIE_TEST_S3_REGION")).orElse("us-east-1");

  @AfterEach
  void clean() throws IOException {
    storage().abortUploads(root(), Long.MAX_VALUE);
    storage().delete(root());
  }

  @Override
  Storage storage() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("fs.s3a.endpoint", endpoint.toString());
    configuration.set("fs.s3a.endpoint.region", region);
    configuration.set("fs.s3a.path.style.access", "true");
    configuration.set("fs.s3a.multipart.size", "5M");
    return HadoopStorage.of(base(), configuration);
  }

  @Override
  Location base() {
    return Location.of("s3a://" + System.getenv("REVERIE_TEST_S3_BUCKET") + "/reverie-test");
  }

  @Override
  S3Client client() {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.of(region))
        .forcePathStyle(true)
        .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
        .build();
  }

  /** A lease on the same storage. */
  @Nested
  class Leases extends LeaseContract {

    @Override
    protected Storage storage() throws IOException {
      return StorageAnyS3Test.this.storage();
    }

    @Override
    protected Location base() {
      return StorageAnyS3Test.this.base();
    }
  }
}
