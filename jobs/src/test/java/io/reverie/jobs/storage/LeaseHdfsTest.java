package io.reverie.jobs.storage;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A lease on HDFS. */
class LeaseHdfsTest extends LeaseContract {

  @TempDir private static Path folder;
  private static MiniDFSCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    cluster = Hdfs.start(folder);
  }

  @AfterAll
  static void stop() {
    cluster.shutdown();
  }

  @Override
  Storage storage() throws IOException {
    return HadoopStorage.of(base(), Hdfs.configuration(cluster));
  }

  @Override
  Location base() {
    return Location.of(cluster.getURI() + "/leases");
  }
}
