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
 * A limit of the process or machine that causes a failure, and how to raise it.
 *
 * @param words in the message of the system, the JVM or the loader
 * @param sentence builds the user's message from that message
 */
public record SystemLimit(Pattern words, UnaryOperator<String> sentence) {

  private static final String MEMORY =
      "this process cannot get more memory; raise `ulimit -v` or the container's memory limit and rerun";

  private static final List<SystemLimit> ALL =
      List.of(
          new SystemLimit(
              Pattern.compile("unable to create (?:new )?native thread"),
              m ->
                  "this process cannot create more threads; raise `ulimit -u` or the container's process limit and rerun"),
          new SystemLimit(
              Pattern.compile(
                  "Java heap space|GC overhead limit exceeded|Requested array size exceeds"),
              m ->
                  "the Java heap of %d MB is too small; enlarge it with REVERIE_MEMORY=2g (on a cluster with spark.driver.memory or spark.executor.memory) and rerun"
                      .formatted(Runtime.getRuntime().maxMemory() >> 20)),
          new SystemLimit(
              Pattern.compile(
                  "Cannot reserve \\d+ bytes of direct buffer memory|Metaspace|Compressed class space"
                      + "|Cannot allocate memory"),
              m -> MEMORY),
          new SystemLimit(
              Pattern.compile("Too many open files"),
              m ->
                  "this process cannot open more files (%s); raise `ulimit -n` to 1024 or more and rerun"
                      .formatted(m)),
          new SystemLimit(
              Pattern.compile("File too large"),
              m ->
                  "a file would exceed the size limit of this process or disk (%s); raise `ulimit -f` and rerun"
                      .formatted(m)),
          new SystemLimit(
              Pattern.compile("No space left|Disk quota exceeded"),
              m ->
                  "the disk is full (%s); free some space or set TMPDIR (temporary files) or --work (unfinished work) to a folder on another disk, then rerun"
                      .formatted(m)),
          new SystemLimit(
              Pattern.compile("failed to map segment from shared object"),
              m -> addressSpaceIsLimited() ? MEMORY : noExec(m)));

  private static final int DEPTH = 30;
  private static final Pattern LIBRARY = Pattern.compile("^(\\S+?)/[^/\\s]+: ");
  private static final Path OWN_LIMITS = Path.of("/proc/self/limits");

  /** Returns the message for the user; empty if no known limit caused the failure. */
  public static Optional<String> sentence(Throwable e) {
    List<Throwable> chain =
        Stream.iterate(e, Objects::nonNull, Throwable::getCause).limit(DEPTH).toList();
    // The innermost cause is the most specific.
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

  /**
   * Our own messages quote names, which may contain any words; they end with the system's message
   * in parentheses.
   */
  private static String reason(Throwable e, String message) {
    boolean ours = e.getClass().getName().startsWith("io.reverie.");
    int end = ours ? message.lastIndexOf('(') : 0;
    return end < 0 ? "" : message.substring(end);
  }

  private static String noExec(String message) {
    Matcher library = LIBRARY.matcher(message);
    return "programs must not run from %s; set REVERIE_CACHE to a folder on a disk that is not mounted noexec and rerun"
        .formatted(library.find() ? library.group(1) : "the folder for native libraries");
  }

  private static boolean addressSpaceIsLimited() {
    try (Stream<String> lines = Files.lines(OWN_LIMITS)) {
      return lines.anyMatch(line -> line.matches("Max address space\\s+\\d+.*"));
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }
}
