package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that runs as a process of its own, to be watched and killed. */
final class RunningProgram implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Process process;
  private final Path out;
  private final Path err;

  private RunningProgram(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static RunningProgram start(Map<String, String> environment, List<String> words)
      throws IOException {
    Path out = Files.createTempFile("program", ".out");
    Path err = Files.createTempFile("program", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().remove("SPARK_HOME");
    builder.environment().putAll(environment);
    return new RunningProgram(builder.start(), out, err);
  }

  /** Something that may throw what a test may. */
  interface Condition {
    boolean holds() throws Exception;
  }

  /** Waits until something is so while the program runs. */
  void await(String what, Condition condition) throws Exception {
    long begun = System.nanoTime();
    while (!condition.holds()) {
      assertThat(process.waitFor(20, TimeUnit.MILLISECONDS))
          .as("ended before %s: %s", what, err())
          .isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(what).isLessThan(LONGEST);
    }
  }

  /** What is done again and again while the program runs. */
  interface Look {
    void look() throws Exception;
  }

  /** Looks at something until the program has ended. */
  Program watch(Look look) throws Exception {
    long begun = System.nanoTime();
    do {
      look.look();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONGEST);
    } while (!process.waitFor(20, TimeUnit.MILLISECONDS));
    return end();
  }

  /** Waits for the end. */
  Program end() throws IOException, InterruptedException {
    assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS))
        .as("it hangs: %s", err())
        .isTrue();
    return new Program(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8), err());
  }

  /** Sends a signal: KILL, TERM or INT. */
  void signal(String name) throws IOException, InterruptedException {
    signal(process.pid(), name);
  }

  static void signal(long process, String name) throws IOException, InterruptedException {
    assertThat(Program.run("kill", "-" + name, Long.toString(process)))
        .isEqualTo(new Program(0, "", ""));
  }

  private String err() throws IOException {
    return Files.readString(err, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    Files.delete(out);
    Files.delete(err);
  }
}
