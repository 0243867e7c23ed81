package io.reverie.jobs.cli;

import java.io.File;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** Writes the man pages in AsciiDoc; run by the build, which turns them into roff. */
public final class ManPages {

  private static final boolean[] SILENT = {};

  private ManPages() {}

  /**
   * Writes a page for the program and one for each command.
   *
   * @param args the folder to write to
   */
  public static void main(String[] args) throws IOException {
    CommandLine program = Reverie.commandLine(List.of());
    program.getSubcommands().values().forEach(line -> OptionGroup.arrange(line.getCommandSpec()));
    int code =
        ManPageGenerator.generateManPage(
            new File(args[0]), null, SILENT, false, program.getCommandSpec());
    if (code != 0) {
      throw new IOException("the man pages could not be written to " + args[0]);
    }
  }
}
