package io.reverie.jobs.storage;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * One file system for each authority, configured as the Spark that runs here, driver and executors
 * alike: all of spark.hadoop.* is in it. Those of a Spark before are closed, lest Hadoop's own
 * cache give them out again.
 */
final class FileSystems {

  private static Optional<SparkEnv> spark = Optional.empty();
  private static Configuration configuration = new Configuration();
  private static final Map<String, FileSystem> OPEN = new HashMap<>();

  private FileSystems() {}

  static synchronized Configuration configuration() throws IOException {
    Optional<SparkEnv> now = Optional.ofNullable(SparkEnv.get());
    if (!now.equals(spark)) {
      spark = now;
      configuration =
          now.map(env -> SparkHadoopUtil.get().newConfiguration(env.conf()))
              .orElseGet(Configuration::new);
      for (FileSystem files : OPEN.values()) {
        files.close();
      }
      OPEN.clear();
    }
    return configuration;
  }

  static synchronized FileSystem of(Path path) throws IOException {
    Configuration current = configuration();
    String authority = path.toUri().getScheme() + "://" + path.toUri().getAuthority();
    FileSystem files = OPEN.get(authority);
    if (files == null) {
      files = FileSystem.get(path.toUri(), current);
      OPEN.put(authority, files);
    }
    return files;
  }
}
