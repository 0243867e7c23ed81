package io.reverie.jobs.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A limit of the process or of its machine that a failure comes from, and how to raise it. */
public enum Limit {
  THREADS(
      "unable to create (?:new )?native thread",
      m ->
          "the system gives this process no more threads; raise `ulimit -u` or the container's limit of processes, and run again"),
  HEAP(
      "Java heap space|GC overhead limit exceeded|Requested array size exceeds",
      m ->
          "the heap of %d MB is too small; give more with REVERIE_MEMORY=2g (on a cluster with spark.driver.memory or spark.executor.memory), and run again"
              .formatted(Runtime.getRuntime().maxMemory() >> 20)),
  MEMORY(
      "Cannot reserve \\d+ bytes of direct buffer memory|Metaspace|Compressed class space"
          + "|Cannot allocate memory",
      m ->
          "this process gets no more memory; raise `ulimit -v` or the container's memory, and run again"),
  OPEN_FILES(
      "Too many open files",
      m ->
          "this process may not open more files; raise `ulimit -n` to 1024 or more, and run again"),
  FILE_SIZE(
      "(?:(\\S+): )?File too large",
      m ->
          "a file would be larger than this process may write%s; raise `ulimit -f`, and run again"
              .formatted(about(m))),
  DISK(
      "(?s).*(?:No space left on device|No space left|Disk quota exceeded).*",
      m ->
          "the disk is full (%s); free some space there, or set TMPDIR to a folder elsewhere for temporary files, and run again"
              .formatted(m.group().lines().findFirst().orElse("").strip())),
  NATIVES(
      "(?:(\\S+?): )?(?:\\S+: )?failed to map segment from shared object",
      m ->
          addressSpaceIsLimited()
              ? MEMORY.sentence.apply(m)
              : "no program may run%s; set REVERIE_CACHE to a folder on a disk that is not mounted noexec, and run again"
                  .formatted(about(m)));

  private static final int DEPTH = 30;
  private static final Path OWN_LIMITS = Path.of("/proc/self/limits");

  private final Pattern words;
  private final Function<Matcher, String> sentence;

  Limit(String words, Function<Matcher, String> sentence) {
    this.words = Pattern.compile(words);
    this.sentence = sentence;
  }

  /** What to tell the user; empty if the failure comes from something else. */
  public static Optional<String> sentence(Throwable e) {
    List<Throwable> chain =
        Stream.iterate(e, Objects::nonNull, Throwable::getCause).limit(DEPTH).toList();
    // The innermost knows the most.
    for (int i = chain.size() - 1; i >= 0; i--) {
      String message = chain.get(i).getMessage();
      if (message != null && isOfSystem(chain.get(i))) {
        for (Limit limit : values()) {
          Matcher matcher = limit.words.matcher(message);
          if (matcher.find()) {
            return Optional.of(limit.sentence.apply(matcher));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Sentences of ours quote names, which may be like any words. */
  private static boolean isOfSystem(Throwable e) {
    return e instanceof Error
        || e instanceof IOException
        || !e.getClass().getName().startsWith("io.reverie.");
  }

  private static String about(Matcher matcher) {
    String file = matcher.group(1);
    return file == null ? "" : " from or in %s".formatted(file);
  }

  private static boolean addressSpaceIsLimited() {
    try (Stream<String> lines = Files.lines(OWN_LIMITS)) {
      return lines.anyMatch(l -> l.matches("Max address space\\s+\\d+.*"));
    } catch (IOException | java.io.UncheckedIOException e) {
      return false;
    }
  }
}
