package io.reverie.jobs.fuzz;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An input's forbidden effect.
 *
 * @param kind an exception's type, or hang, slow, escape, crash
 * @param place the innermost stack frames, which distinguish findings
 * @param details for people
 */
record Finding(String kind, List<String> place, String details) {

  private static final int FRAMES = 3;

  static Finding of(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    String text = trace.toString();
    return new Finding(
        thrown.getClass().getSimpleName(),
        place(thrown.getStackTrace()),
        text.substring(0, Math.min(text.length(), 20_000)));
  }

  /** Describes a thread by its stack trace. */
  static Finding of(String kind, StackTraceElement[] at) {
    return new Finding(
        kind,
        place(at),
        Arrays.stream(at).map(frame -> "\tat " + frame).collect(Collectors.joining("\n")));
  }

  /** Only our own frames, since an endless loop may be interrupted anywhere below them. */
  private static List<String> place(StackTraceElement[] trace) {
    return Arrays.stream(trace)
        .filter(frame -> frame.getClassName().startsWith("io.reverie"))
        .filter(frame -> !frame.getClassName().startsWith("io.reverie.jobs.fuzz"))
        .map(frame -> simple(frame.getClassName()) + "." + frame.getMethodName())
        .distinct()
        .limit(FRAMES)
        .toList();
  }

  private static String simple(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }

  /** Identical for all inputs with the same finding; usable as a file name. */
  String name() {
    String name = kind + "-" + String.join("-", place);
    return name.replaceAll("[^\\w.-]", "_").substring(0, Math.min(name.length(), 150));
  }
}
