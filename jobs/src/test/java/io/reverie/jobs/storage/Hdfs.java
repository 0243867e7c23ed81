package io.reverie.jobs.storage;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/** Starts a small HDFS in this process. */
final class Hdfs {

  private Hdfs() {}

  static MiniDFSCluster start(Path folder) throws IOException {
    // It logs its own shutdown as an error.
    Configurator.setLevel("org.apache.hadoop", Level.OFF);
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
    return new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
  }

  static Configuration configuration(MiniDFSCluster cluster) {
    Configuration configuration = new Configuration();
    configuration.set("fs.defaultFS", cluster.getURI().toString());
    // Time that a writer waits for the data node to report its block.
    configuration.set("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "5");
    return configuration;
  }
}
