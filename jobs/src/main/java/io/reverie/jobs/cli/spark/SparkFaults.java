package io.reverie.jobs.cli.spark;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.terminal.Redaction;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;

/** What is wrong with Spark's settings, in one sentence instead of a stack trace. */
final class SparkFaults {

  private static final String MASTER = "spark.master";

  private static final Pattern LOCAL =
      Pattern.compile("local(-cluster)?(\\[[\\s\\d,*]+])?", Pattern.CASE_INSENSITIVE);

  private static final Pattern STANDALONE =
      Pattern.compile("spark://(.+:\\d{1,5}(?:,.+:\\d{1,5})*)");

  private static final Pattern ADDRESS = Pattern.compile("([^,]+):(\\d{1,5})");

  /** Cluster managers that Spark has in modules of their own. */
  private static final Pattern MANAGED = Pattern.compile("yarn|k8s://.+");

  private static final Pattern GPUS =
      Pattern.compile("spark\\.(executor|task)\\.resource\\.[^.]+\\.amount");

  private static final String INVALID_MASTER =
      "invalid master '%s'; expected local[N], spark://HOST:PORT, yarn or k8s://URL";

  /** Spark would ask for a secret before it looks at other ones. */
  private static final Pattern THREADS =
      Pattern.compile("local(-cluster)?(\\[(\\d+|\\*)\\s*(,\\s*\\d+\\s*)*])?");

  private static final Pattern MASTER_MESSAGE =
      Pattern.compile("(?i)could not parse master url|invalid master url");

  /** Spark's class of an error, and its SQLSTATE. */
  private static final Pattern CODES = Pattern.compile("^\\[[\\w.]+] | SQLSTATE: \\w+");

  /** Spark itself gives up after a minute. */
  private static final int CONNECT_MILLIS = 5_000;

  private SparkFaults() {}

  /**
   * Refuses what Spark would notice late, or only by ending the process.
   *
   * @throws UserException that names the key, the value and the remedy
   */
  static void check(SparkConf conf) {
    String master = conf.get(MASTER);
    if (master.startsWith("local") && !THREADS.matcher(master).matches()) {
      throw UserException.usage(INVALID_MASTER.formatted(Redaction.of(master)));
    }
    if (LOCAL.matcher(master).matches()) {
      requireNoGpus(conf, master);
      requireFolders(conf.get("spark.local.dir", ""));
    }
    if (conf.getBoolean("spark.ui.enabled", true)) {
      requirePort(conf.get("spark.ui.port", "4040"));
    }
    Matcher standalone = STANDALONE.matcher(master);
    if (standalone.matches()) {
      requireReachable(master, standalone.group(1));
    }
  }

  /** A single process has no resources that Spark could assign, and its tasks would never start. */
  private static void requireNoGpus(SparkConf conf, String master) {
    for (scala.Tuple2<String, String> setting : conf.getAll()) {
      if (GPUS.matcher(setting._1()).matches() && !master.startsWith("local-cluster")) {
        throw UserException.usage(
            "%s is for clusters, and %s is one process; leave it out, and tasks share the GPUs of this machine"
                .formatted(setting._1(), master));
      }
    }
  }

  /** Without one, Spark ends the process. */
  private static void requireFolders(String folders) {
    List<String> all = Pattern.compile(",").splitAsStream(folders).map(String::strip).toList();
    // Spark takes those that it can write to.
    if (!folders.isBlank() && all.stream().noneMatch(SparkFaults::isWritable)) {
      throw UserException.environment(
          "cannot write to spark.local.dir %s; name a folder on a disk with free space"
              .formatted(folders));
    }
  }

  private static boolean isWritable(String folder) {
    try {
      return Files.isWritable(Files.createDirectories(Path.of(folder)));
    } catch (IOException | InvalidPathException e) {
      return false;
    }
  }

  /** Spark ends the process if it cannot show its pages. */
  private static void requirePort(String port) {
    if (!port.matches("0|[1-9]\\d{3,4}")
        || (!port.equals("0")
            && (Integer.parseInt(port) < 1024 || Integer.parseInt(port) > 65_535))) {
      throw UserException.usage(
          "invalid spark.ui.port %s; expected 1024 to 65535, or 0 for any".formatted(port));
    }
  }

  /** One of several masters suffices. */
  private static void requireReachable(String master, String addresses) {
    List<String> reasons = new ArrayList<>();
    Matcher each = ADDRESS.matcher(addresses);
    while (each.find()) {
      Optional<String> reason = refusal(each.group(1), Integer.parseInt(each.group(2)));
      if (reason.isEmpty()) {
        return;
      }
      reasons.add(reason.get());
    }
    throw UserException.environment(
        "cannot reach the Spark master %s (%s); check the address and that the cluster is running"
            .formatted(master, String.join("; ", reasons)));
  }

  private static Optional<String> refusal(String host, int port) {
    InetSocketAddress address = new InetSocketAddress(host, Math.min(port, 65_535));
    if (address.isUnresolved()) {
      return Optional.of("unknown host " + host);
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, CONNECT_MILLIS);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Explains why Spark did not start.
   *
   * @return what to throw: a sentence, or the exception itself if it is not about a setting
   */
  static RuntimeException translated(Exception e, SparkConf conf) {
    String master = conf.get(MASTER);
    String message = sentence(e);
    if (MASTER_MESSAGE.matcher(message).find()) {
      return UserException.usage(
          (MANAGED.matcher(master).matches()
                  ? "the embedded Spark does not support the master %s; set SPARK_HOME to an installation that does"
                  : INVALID_MASTER)
              .formatted(Redaction.of(master)),
          e);
    }
    if (e instanceof BindException || e instanceof UnresolvedAddressException) {
      return UserException.environment(
          "Spark cannot listen on spark.driver.bindAddress %s or spark.driver.host %s (%s); name addresses of this machine"
              .formatted(
                  conf.get("spark.driver.bindAddress", "(not set)"),
                  conf.get("spark.driver.host", "(not set)"),
                  message),
          e);
    }
    if (e instanceof ClassNotFoundException) {
      return UserException.usage(
          "Spark's settings name a class that does not exist: %s; check them and the class path"
              .formatted(e.getMessage()),
          e);
    }
    if (e instanceof IOException io) {
      return UserException.environment(
          "Spark does not start: %s; check the arguments after -- and spark-defaults.conf"
              .formatted(Failure.sentence(io).orElse(message)),
          e);
    }
    if (e instanceof SparkException || e instanceof IllegalArgumentException) {
      return UserException.usage(
          "Spark refuses its settings: %s; check the arguments after -- and spark-defaults.conf"
              .formatted(message),
          e);
    }
    return e instanceof RuntimeException bug ? bug : new IllegalStateException(e);
  }

  /** The message of the innermost cause in one line. */
  private static String sentence(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage()).strip();
    return CODES
        .matcher(Redaction.of(message).replaceAll("\\s*\\R\\s*", " "))
        .replaceAll("")
        .replaceAll("\\.$", "");
  }
}
