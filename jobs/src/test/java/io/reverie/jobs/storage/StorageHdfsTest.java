package io.reverie.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HDFS in this process. */
class StorageHdfsTest extends FilesContract {

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
    return HadoopFiles.of(base(), Hdfs.configuration(cluster));
  }

  @Override
  Location base() {
    return Location.of(cluster.getURI() + "/user");
  }

  /** HDFS keeps colons for itself. */
  @Override
  boolean allows(String name) {
    return !name.contains(":");
  }

  @Test
  void theClusterOfTheConfigurationNeedsNoName() throws IOException {
    String path = root().text().substring(cluster.getURI().toString().length());
    for (Location folder :
        new Location[] {Location.of("hdfs://" + path), Location.of("hdfs:" + path)}) {
      Storage storage = HadoopFiles.of(folder, Hdfs.configuration(cluster));
      storage.write(folder.resolve("a/b"), new byte[3]);
      try (Stream<Entry> entries = storage.list(folder)) {
        assertThat(entries.map(Entry::location)).containsExactly(folder.resolve("a/b"));
      }
    }
  }
}
