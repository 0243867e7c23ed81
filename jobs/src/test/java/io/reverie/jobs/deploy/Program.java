package io.reverie.jobs.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One run of a program as a process of its own, and what it printed. */
record Program(int code, String out, String err) {

  static Program run(String... words) throws IOException, InterruptedException {
    return run(Map.of(), Arrays.asList(words));
  }

  static Program run(Map<String, String> environment, List<String> words)
      throws IOException, InterruptedException {
    return run(environment, words, () -> {});
  }

  /**
   * Runs one.
   *
   * @param meanwhile done again and again as long as it runs
   */
  static Program run(Map<String, String> environment, List<String> words, Runnable meanwhile)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("program", ".out");
    Path err = Files.createTempFile("program", ".err");
    try {
      // To files: what it leaves running may hold a pipe open.
      ProcessBuilder builder =
          new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().remove("SPARK_HOME");
      builder.environment().putAll(environment);
      Process process = builder.start();
      while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
        meanwhile.run();
      }
      return new Program(process.exitValue(), text(out), text(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  static boolean isInstalled(String name) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }
}
