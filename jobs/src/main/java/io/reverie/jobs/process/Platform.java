package io.reverie.jobs.process;

import io.reverie.jobs.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.util.VersionInfo;
import org.apache.spark.package$;
import scala.util.Properties$;

/**
 * What Reverie runs on: the versions of Spark, Scala, Hadoop and Java, as they call themselves.
 * Vendors append words of their own, as in 3.5.6-amzn-2.
 *
 * @param java the JDK's first number
 */
public record Platform(String spark, String scala, String hadoop, int java) {

  /** The lines of Spark that Reverie can be built for, newest first. */
  private static final String LINES = "4.0, 4.1 and 4.2";

  private static final Pattern LINE = Pattern.compile("(\\d+\\.\\d+)\\b.*");
  private static final Pattern KNOWN = Pattern.compile("4\\.[012]");

  /** What this build was made for: the class files are Java 17's. */
  static final Platform BUILT = built();

  /** From this Java on, Hadoop before 3.5 fails at once: Subject.getSubject is gone. */
  private static final int WITHOUT_SUBJECTS = 24;

  private static final String OLD_HADOOP = "3.4";

  /** The platform of this process. */
  static Platform running() {
    return new Platform(
        package$.MODULE$.SPARK_VERSION(),
        Properties$.MODULE$.versionNumberString(),
        VersionInfo.getVersion(),
        Runtime.version().feature());
  }

  private static Platform built() {
    Properties build = new Properties();
    try (InputStream in = Platform.class.getResourceAsStream("platform.properties")) {
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Platform(
        build.getProperty("spark"), build.getProperty("scala"), build.getProperty("hadoop"), 17);
  }

  /**
   * Requires that this process runs on what this build was made for.
   *
   * @throws UserException otherwise, with what to do
   */
  public static void require() {
    BUILT
        .fault(running())
        .ifPresent(
            sentence -> {
              throw UserException.environment(sentence);
            });
  }

  /** Says why this build cannot run on a platform; empty if it can. */
  Optional<String> fault(Platform there) {
    String theirs = line(there.spark);
    if (!KNOWN.matcher(theirs).matches()) {
      return Optional.of(
          "this is Spark %s, and Reverie runs on Spark %s; use one of these, or ship your own (docs/cluster.md)"
              .formatted(there.spark, LINES));
    }
    if (!line(there.scala).equals(scala)) {
      return Optional.of(
          "this Spark was built with Scala %s, and Reverie needs %s; use a Spark for Scala %s"
              .formatted(there.scala, scala, scala));
    }
    if (!theirs.equals(line(spark))) {
      return Optional.of(
          "this is Spark %s, and this Reverie was built for Spark %s; build it with -Dspark=%s"
              .formatted(there.spark, line(spark), theirs));
    }
    if (!line(there.hadoop).equals(line(hadoop))) {
      return Optional.of(
          "this Spark has Hadoop %s, and this Reverie was built for Hadoop %s; build it with -Dspark=%s -Dhadoop.version=%s"
              .formatted(there.hadoop, hadoop, theirs, number(there.hadoop)));
    }
    if (there.java >= WITHOUT_SUBJECTS && line(there.hadoop).equals(OLD_HADOOP)) {
      return Optional.of(
          "Hadoop %s does not run on Java %d; set JAVA_HOME to Java 17 or 21"
              .formatted(there.hadoop, there.java));
    }
    return Optional.empty();
  }

  /** Major and minor version. */
  private static String line(String version) {
    Matcher line = LINE.matcher(version);
    return line.matches() ? line.group(1) : version;
  }

  /** Without a vendor's words. */
  private static String number(String version) {
    return version.replaceFirst("^(\\d+(\\.\\d+)*).*", "$1");
  }
}
