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
 * Caches one Hadoop file system per authority, configured with all owner.hadoop.* settings of the
 * current Spark context, on the driver as on executors. File systems of an earlier context are
 * closed, or Hadoop's own cache would return them again.
 */
final class FileSystems {

  private static Optional<SparkEnv> owner = Optional.empty();
  private static Configuration configuration = new Configuration();
  private static final Map<String, FileSystem> OPEN = new HashMap<>();

  private FileSystems() {}

  static synchronized Configuration configuration() throws IOException {
    Optional<SparkEnv> current = Optional.ofNullable(SparkEnv.get());
    if (!current.equals(owner)) {
      owner = current;
      configuration =
          current
              .map(env -> SparkHadoopUtil.get().newConfiguration(env.conf()))
              .orElseGet(Configuration::new);
      for (FileSystem files : OPEN.values()) {
        files.close();
      }
      OPEN.clear();
    }
    return configuration;
  }

  static synchronized FileSystem of(Path path) throws IOException {
    Configuration settings = configuration();
    String authority = path.toUri().getScheme() + "://" + path.toUri().getAuthority();
    FileSystem files = OPEN.get(authority);
    if (files == null) {
      files = FileSystem.get(path.toUri(), settings);
      OPEN.put(authority, files);
    }
    return files;
  }
}
