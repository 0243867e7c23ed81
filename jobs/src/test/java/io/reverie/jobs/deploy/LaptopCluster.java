package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A cluster of deploy/bin/cluster on free ports, stopped when it is closed.
 *
 * @param run its folder of logs
 * @param master its address
 */
record LaptopCluster(Path run, String master) implements AutoCloseable {

  /**
   * Starts one.
   *
   * @param environment of its daemons, and so of its executors
   */
  static LaptopCluster start(Path run, Map<String, String> environment, String... options)
      throws Exception {
    List<String> words = new ArrayList<>(List.of("--port", "0"));
    words.addAll(List.of(options));
    Program started = command(run, environment, "start", words);
    assertThat(started.err()).isEmpty();
    String master = started.out().strip();
    assertThat(master).matches("spark://127\\.0\\.0\\.1:\\d+");
    return new LaptopCluster(run, master);
  }

  /** The folders of the applications that ran here, one for each worker: worker-1/app-... */
  Set<Path> applications() throws IOException {
    try (Stream<Path> all = Files.walk(run, 2)) {
      return all.filter(path -> path.getFileName().toString().startsWith("app-"))
          .collect(Collectors.toSet());
    }
  }

  /** Those that are not among earlier ones. */
  Set<Path> applicationsBut(Set<Path> earlier) throws IOException {
    Set<Path> later = applications();
    later.removeAll(earlier);
    return later;
  }

  /** Spark's settings with the secret. */
  Path settings() {
    return run.resolve("home/conf/spark-defaults.conf");
  }

  /** Where spark-submit is. */
  String home() throws Exception {
    return command("home").out().strip();
  }

  /** Runs deploy/bin/cluster. */
  Program command(String verb) throws Exception {
    return command(run, Map.of(), verb, List.of());
  }

  private static Program command(
      Path run, Map<String, String> environment, String verb, List<String> options)
      throws Exception {
    List<String> words = new ArrayList<>();
    words.add(Deployed.FOLDER.resolve("bin/cluster").toString());
    words.addAll(List.of(verb, "--run", run.toString()));
    words.addAll(options);
    return Program.run(environment, words);
  }

  /**
   * Runs Reverie in it.
   *
   * @param ours Reverie's words
   * @param sparks Spark's
   */
  Program submit(List<String> ours, String... sparks) throws Exception {
    return submit(Map.of(), ours, List.of(sparks), () -> {});
  }

  /**
   * Runs Reverie in it.
   *
   * @param meanwhile done again and again as long as it runs
   */
  Program submit(
      Map<String, String> environment, List<String> ours, List<String> sparks, Runnable meanwhile)
      throws Exception {
    List<String> words = new ArrayList<>();
    words.add(Deployed.FOLDER.resolve("bin/reverie").toString());
    words.addAll(ours);
    words.addAll(List.of("--", "--master", master, "--conf", "spark.executor.memory=1g"));
    words.addAll(sparks);
    Map<String, String> all = new HashMap<>(environment);
    all.put("SPARK_HOME", home());
    return Program.run(all, words, meanwhile);
  }

  @Override
  public void close() throws Exception {
    assertThat(command("stop")).isEqualTo(new Program(0, "", ""));
  }
}
