package io.reverie.jobs.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** One run of the program in this JVM, and what it printed. */
public record CommandLineRun(int code, String out, String err) {

  /** Runs in two cores' Spark unless the words say otherwise. */
  public static CommandLineRun of(String... words) {
    String[] all =
        Arrays.asList(words).contains("--")
            ? words
            : Stream.concat(Arrays.stream(words), Stream.of("--", "--master", "local[2,4]"))
                .toArray(String[]::new);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Reverie.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
    return new CommandLineRun(code, out.toString(), err.toString());
  }

  /** Parses the words, runs nothing, and throws picocli's exception at a wrong one. */
  public static void parse(List<String> words) {
    Reverie.commandLine(List.of()).parseArgs(words.toArray(String[]::new));
  }

  /** Whether there is such a command. */
  public static boolean knows(String command) {
    return Reverie.commandLine(List.of()).getSubcommands().containsKey(command);
  }
}
