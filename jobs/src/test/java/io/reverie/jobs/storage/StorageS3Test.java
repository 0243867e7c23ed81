package io.reverie.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.lease.LeaseContract;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** S3A with a server on loopback. */
class StorageS3Test extends S3Contract {

  private static S3Server server;
  private static Location bucket;

  @BeforeAll
  static void start() throws Exception {
    server = S3Server.start();
    bucket = server.bucket("storage-test");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Override
  Storage storage() throws IOException {
    return HadoopStorage.of(bucket, server.configuration());
  }

  @Override
  Location base() {
    return bucket;
  }

  @Override
  S3Client client() {
    return server.client();
  }

  @Test
  void aBucketIsAFolder() throws IOException {
    Location own = server.bucket("storage-test-whole");
    Storage storage = HadoopStorage.of(own, server.configuration());
    assertThat(names(storage, own)).isEmpty();
    assertThat(storage.isFolder(own)).isTrue();
    storage.write(own.resolve("a"), new byte[3]);
    storage.write(own.resolve("b/c"), new byte[3]);
    assertThat(names(storage, own)).containsExactly("a", "b/c");
    assertThat(names(storage, own.asFolder())).containsExactly("a", "b/c");
    assertThat(storage.abortUploads(own, Long.MAX_VALUE)).isZero();
    assertThat(storage.abortUploads(own.asFolder(), Long.MAX_VALUE)).isZero();
  }

  private static java.util.List<String> names(Storage storage, Location folder) throws IOException {
    try (Stream<FileEntry> entries = storage.list(folder)) {
      return entries.map(entry -> folder.relative(entry.location())).sorted().toList();
    }
  }

  /** A lease on the same storage. */
  @Nested
  class Leases extends LeaseContract {

    @Override
    protected Storage storage() throws IOException {
      return StorageS3Test.this.storage();
    }

    @Override
    protected Location base() {
      return StorageS3Test.this.base();
    }
  }
}
