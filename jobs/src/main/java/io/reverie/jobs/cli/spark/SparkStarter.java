package io.reverie.jobs.cli.spark;

import io.reverie.core.engine.Torch;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.operation.Metrics;
import io.reverie.jobs.process.ExecutorSetup;
import io.reverie.jobs.process.RunFolder;
import io.reverie.jobs.run.BatchSize;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.run.TaskGpu;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Starts Spark, in this process unless spark-submit configured a cluster. */
public final class SparkStarter {

  private static final Set<String> OPTIONS = Set.of("--master", "--conf", "--properties-file");

  private static final String S3A = "spark.hadoop.fs.s3a.";

  private static final String PLUGINS = "spark.plugins";

  private static final String AUTHENTICATE = "spark.authenticate";

  private static final String SECRET = AUTHENTICATE + ".secret";

  private static final Pattern ONE_PROCESS = Pattern.compile("local(\\[.*])?");

  /**
   * Spark listens on ports and deserialises what arrives, even in a single process. With
   * authentication but no secret, it generates one for each run and keeps it in memory.
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
   * Creates a context; the caller closes it.
   *
   * @param arguments {@code --master M}, {@code --conf KEY=VALUE} and {@code --properties-file
   *     FILE}
   * @param device of the tasks
   * @param batch how many of them may share a pass of the network
   */
  public static JavaSparkContext start(List<String> arguments, Device device, BatchSize batch) {
    requireHeap(Runtime.getRuntime().maxMemory());
    int cores = Runtime.getRuntime().availableProcessors();
    SparkConf conf =
        conf(arguments, () -> device == Device.CPU ? 0 : batch.tasks(Torch.gpus(), cores));
    shareKeys(conf, System.getenv());
    TaskGpu.configure(conf, device);
    if (conf.get("spark.master").startsWith("local")) {
      // Hadoop's default is a predictable path in the shared temporary folder.
      conf.setIfMissing("spark.hadoop.hadoop.tmp.dir", RunFolder.path() + "/hadoop");
    }
    SparkFaults.check(conf);
    try {
      return new JavaSparkContext(conf);
    } catch (Exception e) {
      // Spark's checked exceptions are not declared.
      throw SparkFaults.translated(e, conf);
    }
  }

  /** Spark rejects less memory with a long stack trace. */
  static void requireHeap(long bytes) {
    if (bytes < LEAST_HEAP) {
      throw UserException.environment(
          "the heap of %d MB is too small; set REVERIE_MEMORY=512m or more, on a machine or in a container of at least 1 GB"
              .formatted(bytes >> 20));
    }
  }

  /**
   * Passes S3 credentials from the environment to the executors, whose environment differs. Spark
   * redacts these keys wherever it shows its configuration.
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
   * Builds the configuration.
   *
   * @param gpuTasks number of tasks of this machine's GPUs, 0 if it has none; asked for only if no
   *     master is configured
   */
  static SparkConf conf(List<String> arguments, IntSupplier gpuTasks) {
    SparkConf conf = new SparkConf().setIfMissing("spark.app.name", "reverie");
    Map<String, String> properties = new HashMap<>();
    Iterator<String> next = arguments.iterator();
    while (next.hasNext()) {
      String option = next.next();
      if (!OPTIONS.contains(option) || !next.hasNext()) {
        throw UserException.usage(
            "invalid argument '%s' after --; expected --master M, --conf KEY=VALUE or --properties-file FILE; set SPARK_HOME for other options of spark-submit"
                .formatted(option));
      }
      String value = next.next();
      switch (option) {
        case "--master" -> properties.put("spark.master", value);
        case "--conf" -> assign(properties, value);
        default -> read(conf, Path.of(value));
      }
    }
    // As with spark-submit, properties take precedence over the file in any order.
    properties.forEach(conf::set);
    if (!conf.contains("spark.master")) {
      conf.set("spark.master", embedded(gpuTasks.getAsInt()));
    }
    return guarded(conf);
  }

  /**
   * Unless the user decides otherwise, closes ports to strangers and confines a task's fatal errors
   * to that task.
   */
  private static SparkConf guarded(SparkConf conf) {
    conf.set(
        PLUGINS,
        Stream.of(conf.get(PLUGINS, ""), ExecutorSetup.class.getName(), Metrics.class.getName())
            .filter(name -> !name.isBlank())
            .distinct()
            .collect(Collectors.joining(",")));
    // Spark shows its settings in its pages and in the event log.
    conf.setIfMissing("spark.redaction.regex", SecretKeys.REGEX);
    // The jobs of several videos run at once and must not wait for one another.
    conf.setIfMissing("spark.scheduler.mode", "FAIR");
    // By default Spark's names of metrics begin with an id that differs from run to run.
    conf.setIfMissing("spark.metrics.namespace", "reverie");
    // The page that Prometheus reads, if Spark's pages are enabled.
    conf.setIfMissing(
        "spark.metrics.conf.driver.sink.prometheusServlet.class",
        "org.apache.spark.metrics.sink.PrometheusServlet");
    conf.setIfMissing(
        "spark.metrics.conf.driver.sink.prometheusServlet.path", "/metrics/prometheus");
    String master = conf.get("spark.master");
    if (ONE_PROCESS.matcher(master).matches()) {
      CLOSED.forEach(conf::setIfMissing);
      // A fatal error in one task must not end the whole process.
      conf.setIfMissing("spark.executor.killOnFatalError.depth", "0");
    } else {
      // Reverie itself gives up an item after three failures without progress, see
      // jobs.run.Attempts.
      conf.setIfMissing("spark.task.maxFailures", "16");
    }
    if (master.startsWith("spark://")
        && conf.getBoolean(AUTHENTICATE, false)
        && !conf.contains(SECRET)) {
      // A worker that starts the driver hands the secret over like this, but Spark then looks for a
      // setting.
      String workers = System.getenv(SecurityManager.ENV_AUTH_SECRET());
      if (workers == null) {
        throw UserException.usage(
            "%s requires a secret: put its spark.authenticate.secret into a file and pass it with --properties-file, or use --conf spark.authenticate=false if it has none"
                .formatted(master));
      }
      conf.set(SECRET, workers);
    }
    return conf;
  }

  /** One task per core without GPUs; four attempts, since plain local[*] never retries. */
  static String embedded(int gpuTasks) {
    return gpuTasks > 0 ? "local[%d,4]".formatted(gpuTasks) : "local[*,4]";
  }

  private static void assign(Map<String, String> properties, String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw UserException.usage("invalid --conf '%s'; expected KEY=VALUE".formatted(assignment));
    }
    properties.put(assignment.substring(0, equals), assignment.substring(equals + 1));
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
            "invalid key '%2$s' in %1$s; Spark's keys begin with 'spark.', Hadoop's with 'spark.hadoop.'"
                .formatted(file, key));
      }
      conf.set(key, properties.getProperty(key).strip());
    }
  }
}
