package io.reverie.jobs.cli;

import io.reverie.jobs.cli.help.FishCompletion;
import io.reverie.jobs.spec.rule.EnumNames;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "generate-completion",
    description = "Print a shell script that completes commands, options and values.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  source <(reverie generate-completion bash)",
      "  source <(reverie generate-completion zsh)",
      "  reverie generate-completion fish > ~/.config/fish/completions/reverie.fish"
    })
final class CompletionCommand implements Callable<Integer> {

  /** The shells that have a script. */
  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  @Spec private CommandSpec command;

  @Parameters(
      arity = "0..1",
      paramLabel = "SHELL",
      defaultValue = "bash",
      completionCandidates = ShellNames.class,
      description = "bash, zsh or fish (default: ${DEFAULT-VALUE}).")
  private Shell shell = Shell.BASH;

  /** In lower case, as users write them. */
  private static final class ShellNames implements Iterable<String> {
    @Override
    public java.util.Iterator<String> iterator() {
      return EnumNames.names(Shell.class).iterator();
    }
  }

  @Override
  public Integer call() {
    CommandLine program = command.root().commandLine();
    PrintWriter out = command.commandLine().getOut();
    out.print(
        switch (shell) {
          // The script enables bash's completion in zsh.
          case BASH, ZSH -> AutoComplete.bash(command.root().name(), program);
          case FISH -> FishCompletion.script(program.getCommandSpec());
        });
    out.flush();
    return Reverie.DONE;
  }
}
