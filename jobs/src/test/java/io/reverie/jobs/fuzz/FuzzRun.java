package io.reverie.jobs.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One process of a long run under Jazzer; {@code tools/fuzz} starts another when it dies. A finding
 * is stored and does not end the run, a hang does.
 */
public final class FuzzRun {

  private static final int HANG_EXIT = 70;
  private static final long HANG_NANOS = 2_000_000_000L * Trial.SECONDS;
  private static final long DEADLOCK_NANOS = 90_000_000_000L;
  private static final int PAUSE_MILLIS = 250;

  private static RunFolder folder;
  private static RunFolder.Current current;
  private static Trial trial;

  private static volatile long begun;
  private static volatile long begunCpu;
  private static volatile byte[] running = new byte[0];

  private FuzzRun() {}

  /** Called once by Jazzer. */
  public static void fuzzerInitialize() throws IOException {
    folder = new RunFolder(Path.of(System.getProperty("reverie.fuzz.folder")));
    current = folder.current();
    Room room = Room.at(Path.of(System.getProperty("reverie.fuzz.room")));
    trial = new Trial(Parser.Kind.of(System.getProperty("reverie.fuzz.target")).parser(), room);
    // Loads classes and native libraries, which must not count as a slow input.
    for (byte[] seed : trial.parser().seeds(room)) {
      var unused = trial.run(seed);
    }
    Thread fuzzer = Thread.currentThread();
    Thread watch = new Thread(() -> watch(fuzzer), "watch");
    watch.setDaemon(true);
    watch.start();
  }

  /** Called by Jazzer for each input. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    current.begin(input);
    running = input;
    begunCpu = Trial.cpuNanos(Thread.currentThread());
    begun = System.nanoTime();
    Optional<Finding> found = trial.run(input);
    begun = 0;
    current.end();
    if (found.isPresent()) {
      folder.keep(found.get(), input);
    }
  }

  private static void watch(Thread fuzzer) {
    try {
      while (fuzzer.isAlive()) {
        fuzzer.join(PAUSE_MILLIS);
        long since = begun;
        if (since != 0 && isHung(fuzzer, since)) {
          folder.keep(Finding.of("hang", fuzzer.getStackTrace()), running);
          current.end();
          Runtime.getRuntime().halt(HANG_EXIT);
        }
      }
    } catch (InterruptedException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Measures CPU time, since other programs may keep the machine busy. */
  private static boolean isHung(Thread fuzzer, long since) {
    return Trial.cpuNanos(fuzzer) - begunCpu > HANG_NANOS
        || System.nanoTime() - since > DEADLOCK_NANOS;
  }

  /**
   * Prepares and finishes a run.
   *
   * @param arguments {@code begin TARGET FOLDER}: writes seeds and dictionary; {@code end TARGET
   *     FOLDER LOG}: stores the input at which a process died, if any, and prints how many inputs
   *     were read
   */
  public static void main(String[] arguments) throws IOException {
    RunFolder of = new RunFolder(Path.of(arguments[2]));
    if (arguments[0].equals("begin")) {
      begin(Parser.Kind.of(arguments[1]).parser(), of);
    } else {
      end(of, Path.of(arguments[3]));
    }
  }

  private static void begin(Parser parser, RunFolder of) throws IOException {
    Room room = Room.at(Files.createTempDirectory("fuzz"));
    Files.createDirectories(of.seeds());
    int number = 0;
    for (byte[] seed : parser.seeds(room)) {
      Files.write(of.seeds().resolve("%03d".formatted(number++)), seed);
    }
    List<String> words = new ArrayList<>();
    for (String word : parser.words()) {
      StringBuilder escaped = new StringBuilder();
      for (byte each : word.getBytes(ISO_8859_1)) {
        escaped.append("\\x%02x".formatted(each));
      }
      words.add("\"" + escaped + "\"");
    }
    Files.write(of.words(), words);
    of.current().rest();
  }

  private static void end(RunFolder of, Path log) throws IOException {
    RunFolder.Current current = of.current();
    Optional<byte[]> input = current.unended();
    if (input.isPresent()) {
      List<String> lines = Files.readAllLines(log, ISO_8859_1);
      String tail = String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
      // libFuzzer's reason, or the frame that the JVM reports.
      List<String> cause =
          lines.stream()
              .filter(line -> line.matches("# [CVjJ]\\s+\\[?.*|.*ERROR: libFuzzer: .*"))
              .limit(1)
              .map(line -> line.replaceFirst(".*libFuzzer: ", "").replaceFirst(" \\(used.*", ""))
              .toList();
      of.keep(new Finding("crash", cause, tail), input.get());
      current.end();
    }
    System.out.println(current.count());
  }
}
