package io.reverie.jobs.storage;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A lease in a bucket. */
class LeaseS3Test extends LeaseContract {

  private static S3Server server;
  private static Location bucket;

  @BeforeAll
  static void start() throws Exception {
    server = S3Server.start();
    bucket = server.bucket("lease-test");
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
}
