package io.reverie.jobs.cli;

import io.reverie.core.engine.Torch;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.process.RunFolder;
import io.reverie.jobs.run.Device;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Starts Spark: where spark-submit has not said otherwise, in this process. */
final class SparkStarter {

  private static final Set<String> OPTIONS = Set.of("--master", "--conf", "--properties-file");

  private static final String S3A = "spark.hadoop.fs.s3a.";

  private static final String AUTHENTICATE = "spark.authenticate";

  private static final Pattern ONE_PROCESS = Pattern.compile("local(\\[.*])?");

  /**
   * Spark listens even where all of it is one process, and deserialises what comes. With
   * authentication and no secret configured it draws one for each run and keeps it in memory.
   */
  private static final Map<String, String> CLOSED =
      Map.of(
          AUTHENTICATE,
          "true",
          "spark.network.crypto.enabled",
          "true",
          "spark.network.crypto.cipher",
          "AES/GCM/NoPadding",
          "spark.network.crypto.saslFallback",
          "false",
          "spark.driver.host",
          "127.0.0.1",
          "spark.driver.bindAddress",
          "127.0.0.1",
          "spark.ui.enabled",
          "false");

  /** 1.5 times what Spark reserves for itself. */
  private static final long LEAST_HEAP = 450L << 20;

  private SparkStarter() {}

  /**
   * A context; the caller closes.
   *
   * @param words {@code --master M}, {@code --conf KEY=VALUE} and {@code --properties-file FILE}
   * @param device that tasks dream on
   */
  static JavaSparkContext start(List<String> words, Device device) {
    requireHeap(Runtime.getRuntime().maxMemory());
    SparkConf conf = conf(words, () -> device == Device.CPU ? 0 : Torch.gpus());
    shareKeys(conf, System.getenv());
    if (conf.get("spark.master").startsWith("local")) {
      // Its own is a path in the folder for temporary files that others can foretell.
      conf.setIfMissing("spark.hadoop.hadoop.tmp.dir", RunFolder.path() + "/hadoop");
    }
    return new JavaSparkContext(conf);
  }

  /** Spark itself refuses less, at length. */
  static void requireHeap(long bytes) {
    if (bytes < LEAST_HEAP) {
      throw UserException.environment(
          "the heap of %d MB is too small; Reverie needs 512 MB, set REVERIE_MEMORY=512m or more, on a machine or in a container of at least 1 GB"
              .formatted(bytes >> 20));
    }
  }

  /**
   * Lets executors have what the environment says of S3, as Spark does with its own data: theirs is
   * another one. Spark hides these keys wherever it shows its configuration.
   */
  static void shareKeys(SparkConf conf, Map<String, String> environment) {
    if (conf.contains(S3A + "access.key")) {
      return;
    }
    Optional<String> id = Optional.ofNullable(environment.get("AWS_ACCESS_KEY_ID"));
    Optional<String> secret = Optional.ofNullable(environment.get("AWS_SECRET_ACCESS_KEY"));
    if (id.isPresent() && secret.isPresent()) {
      conf.set(S3A + "access.key", id.get()).set(S3A + "secret.key", secret.get());
      Optional.ofNullable(environment.get("AWS_SESSION_TOKEN"))
          .ifPresent(token -> conf.set(S3A + "session.token", token));
    }
  }

  /**
   * The configuration.
   *
   * @param gpus to dream on; asked for where nobody has said where to run
   */
  static SparkConf conf(List<String> words, IntSupplier gpus) {
    SparkConf conf = new SparkConf().setIfMissing("spark.app.name", "reverie");
    Map<String, String> told = new HashMap<>();
    Iterator<String> next = words.iterator();
    while (next.hasNext()) {
      String option = next.next();
      if (!OPTIONS.contains(option) || !next.hasNext()) {
        throw UserException.usage(
            "after -- Spark takes --master M, --conf KEY=VALUE and --properties-file FILE here, not '%s'; set SPARK_HOME for spark-submit's other options"
                .formatted(option));
      }
      String value = next.next();
      switch (option) {
        case "--master" -> told.put("spark.master", value);
        case "--conf" -> assign(told, value);
        default -> read(conf, Path.of(value));
      }
    }
    // As with spark-submit, wherever the file stands among the words.
    told.forEach(conf::set);
    if (!conf.contains("spark.master")) {
      conf.set("spark.master", embedded(gpus.getAsInt()));
    }
    return guarded(conf);
  }

  /**
   * With ports closed to strangers, and fatal errors of a task to that task, unless the user has
   * said otherwise.
   */
  private static SparkConf guarded(SparkConf conf) {
    String master = conf.get("spark.master");
    if (ONE_PROCESS.matcher(master).matches()) {
      CLOSED.forEach(conf::setIfMissing);
      // An error of one task must not end the others' and the driver.
      conf.setIfMissing("spark.executor.killOnFatalError.depth", "0");
    } else if (master.startsWith("spark://")
        && conf.getBoolean(AUTHENTICATE, false)
        && !conf.contains(AUTHENTICATE + ".secret")) {
      throw UserException.usage(
          "%s wants a secret: put the spark.authenticate.secret of its machines into a file and name it by --properties-file, or say --conf spark.authenticate=false if it has none"
              .formatted(master));
    }
    return conf;
  }

  /** One dream on each GPU, else on each core; four attempts: plain local[*] never retries. */
  static String embedded(int gpus) {
    return gpus > 0 ? "local[%d,4]".formatted(gpus) : "local[*,4]";
  }

  private static void assign(Map<String, String> told, String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw UserException.usage("--conf wants KEY=VALUE, not '%s'".formatted(assignment));
    }
    told.put(assignment.substring(0, equals), assignment.substring(equals + 1));
  }

  private static void read(SparkConf conf, Path file) {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw UserException.environment(
          "cannot read Spark's properties from %s: %s".formatted(file, e), e);
    }
    for (String key : properties.stringPropertyNames()) {
      if (!key.startsWith("spark.")) {
        throw UserException.usage(
            "%s: Spark's keys begin with 'spark.', not '%s'; Hadoop's with 'spark.hadoop.'"
                .formatted(file, key));
      }
      conf.set(key, properties.getProperty(key).strip());
    }
  }
}
