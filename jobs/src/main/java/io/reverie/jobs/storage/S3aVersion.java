package io.reverie.jobs.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.util.VersionInfo;

/**
 * Hadoop's S3 library must be of the same version as Hadoop itself: where they differ, some methods
 * are missing, which shows only when they are called.
 */
final class S3aVersion {

  /** Written by Maven into Hadoop's jar; vendors may leave it out. */
  private static final String WRITTEN =
      "/META-INF/maven/org.apache.hadoop/hadoop-aws/pom.properties";

  private static final Pattern NUMBER = Pattern.compile("(\\d+\\.\\d+\\.\\d+).*");

  private S3aVersion() {}

  /** Fails if the versions are known to differ. */
  static void require(Location location) throws StorageException {
    Optional<String> library = library();
    if (library.isPresent()) {
      require(location, VersionInfo.getVersion(), library.get());
    }
  }

  static void require(Location location, String hadoop, String library) throws StorageException {
    if (!number(hadoop).equals(number(library))) {
      throw new StorageException(
          "%s: this Spark has Hadoop %s, but hadoop-aws is of version %s; build Reverie with -Dhadoop.version=%s"
              .formatted(location, number(hadoop), number(library), number(hadoop)));
    }
  }

  /** The version of hadoop-aws, if it says so. */
  static Optional<String> library() throws StorageException {
    try (InputStream in = S3AFileSystem.class.getResourceAsStream(WRITTEN)) {
      if (in == null) {
        return Optional.empty();
      }
      Properties properties = new Properties();
      properties.load(in);
      return Optional.ofNullable(properties.getProperty("version"));
    } catch (IOException e) {
      throw new StorageException("cannot read the version of hadoop-aws: " + e);
    }
  }

  /** Without a vendor's words, as in 3.4.1-amzn-2. */
  private static String number(String version) {
    Matcher number = NUMBER.matcher(version);
    return number.matches() ? number.group(1) : version;
  }
}
