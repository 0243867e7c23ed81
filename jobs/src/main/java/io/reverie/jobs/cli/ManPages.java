package io.reverie.jobs.cli;

import io.reverie.jobs.cli.help.OptionGroup;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** Writes the man pages in AsciiDoc; run by the build, which turns them into roff. */
public final class ManPages {

  private static final boolean[] SILENT = {};

  /** Delimits a block whose layout AsciiDoc keeps. */
  private static final String LITERAL = "....";

  private ManPages() {}

  /**
   * Writes a page for the program and one for each command.
   *
   * @param args the folder to write to
   */
  public static void main(String[] args) throws IOException {
    CommandLine program = Reverie.commandLine(List.of());
    prepare(program.getCommandSpec());
    program.getSubcommands().values().forEach(line -> prepare(line.getCommandSpec()));
    int code =
        ManPageGenerator.generateManPage(
            new File(args[0]), null, SILENT, false, program.getCommandSpec());
    if (code != 0) {
      throw new IOException("the man pages could not be written to " + args[0]);
    }
  }

  /** Gives the footer a heading, without which the generator omits it. */
  private static void prepare(CommandSpec command) {
    OptionGroup.arrange(command);
    List<String> lines =
        Stream.of(command.usageMessage().footer()).dropWhile(String::isBlank).toList();
    boolean examples = lines.get(0).equals("Examples:");
    Stream<String> body = lines.stream().skip(examples ? 1 : 0);
    command
        .usageMessage()
        .footerHeading(examples ? "Examples%n" : "Notes%n")
        .footer(
            Stream.of(Stream.of(LITERAL), body, Stream.of(LITERAL))
                .flatMap(part -> part)
                .toArray(String[]::new));
  }
}
