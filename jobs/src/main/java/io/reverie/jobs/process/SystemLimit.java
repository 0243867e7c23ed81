package io.reverie.jobs.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A limit of the process or of its machine that a failure comes from, and how to raise it.
 *
 * @param words of the system's, the JVM's or the loader's
 * @param sentence for the user, made of the message in which they are
 */
public record SystemLimit(Pattern words, UnaryOperator<String> sentence) {

  private static final String MEMORY =
      "this process gets no more memory; raise `ulimit -v` or the container's memory, and run again";

  private static final List<SystemLimit> ALL =
      List.of(
          new SystemLimit(
              Pattern.compile("unable to create (?:new )?native thread"),
              m ->
                  "the system gives this process no more threads; raise `ulimit -u` or the container's limit of processes, and run again"),
          new SystemLimit(
              Pattern.compile(
                  "Java heap space|GC overhead limit exceeded|Requested array size exceeds"),
              m ->
                  "the heap of %d MB is too small; give more with REVERIE_MEMORY=2g (on a cluster with spark.driver.memory or spark.executor.memory), and run again"
                      .formatted(Runtime.getRuntime().maxMemory() >> 20)),
          new SystemLimit(
              Pattern.compile(
                  "Cannot reserve \\d+ bytes of direct buffer memory|Metaspace|Compressed class space"
                      + "|Cannot allocate memory"),
              m -> MEMORY),
          new SystemLimit(
              Pattern.compile("Too many open files"),
              m ->
                  "this process may not open more files (%s); raise `ulimit -n` to 1024 or more, and run again"
                      .formatted(m)),
          new SystemLimit(
              Pattern.compile("File too large"),
              m ->
                  "a file would be larger than this process or disk allows (%s); raise `ulimit -f`, and run again"
                      .formatted(m)),
          new SystemLimit(
              Pattern.compile("No space left|Disk quota exceeded"),
              m ->
                  "the disk is full (%s); free some space, or set TMPDIR to another folder for temporary files, and run again"
                      .formatted(m)),
          new SystemLimit(
              Pattern.compile("failed to map segment from shared object"),
              m -> addressSpaceIsLimited() ? MEMORY : noPrograms(m)));

  private static final int DEPTH = 30;
  private static final Pattern LIBRARY = Pattern.compile("^(\\S+?)/[^/\\s]+: ");
  private static final Path OWN_LIMITS = Path.of("/proc/self/limits");

  /** What to tell the user; empty if the failure comes from something else. */
  public static Optional<String> sentence(Throwable e) {
    List<Throwable> chain =
        Stream.iterate(e, Objects::nonNull, Throwable::getCause).limit(DEPTH).toList();
    // The innermost knows the most.
    for (int i = chain.size() - 1; i >= 0; i--) {
      String message = String.valueOf(chain.get(i).getMessage());
      String reason = reason(chain.get(i), message);
      for (SystemLimit limit : ALL) {
        if (limit.words.matcher(reason).find()) {
          String line = message.lines().findFirst().orElse("").strip();
          return Optional.of(limit.sentence.apply(line));
        }
      }
    }
    return Optional.empty();
  }

  /** Sentences of ours quote names, which may be like any words; the system's are at their end. */
  private static String reason(Throwable e, String message) {
    boolean ours = e.getClass().getName().startsWith("io.reverie.");
    int end = ours ? message.lastIndexOf('(') : 0;
    return end < 0 ? "" : message.substring(end);
  }

  private static String noPrograms(String message) {
    Matcher library = LIBRARY.matcher(message);
    return "no program may run from %s; set REVERIE_CACHE to a folder on a disk that is not mounted noexec, and run again"
        .formatted(library.find() ? library.group(1) : "the folder for natives");
  }

  private static boolean addressSpaceIsLimited() {
    try (Stream<String> lines = Files.lines(OWN_LIMITS)) {
      return lines.anyMatch(line -> line.matches("Max address space\\s+\\d+.*"));
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }
}
