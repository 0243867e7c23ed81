package io.reverie.jobs.cli.help;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script for the shell fish, which picocli does not generate. */
public final class FishCompletion {

  private FishCompletion() {}

  /** Returns a line for each command, each option, and each argument with known values. */
  public static String script(CommandSpec program) {
    List<CommandSpec> commands =
        program.subcommands().values().stream().map(line -> line.getCommandSpec()).toList();
    Stream<String> names =
        commands.stream()
            .map(
                command ->
                    "complete -c %s -f -n __fish_use_subcommand -a %s -d %s"
                        .formatted(program.name(), command.name(), description(command)));
    Stream<String> arguments = commands.stream().flatMap(command -> lines(program, command));
    return Stream.concat(names, arguments).collect(Collectors.joining("\n", "", "\n"));
  }

  private static Stream<String> lines(CommandSpec program, CommandSpec command) {
    String start =
        "complete -c %s -n '__fish_seen_subcommand_from %s'"
            .formatted(program.name(), command.name());
    Stream<String> options =
        command.options().stream()
            .filter(option -> !option.hidden())
            .map(option -> start + option(option));
    Stream<String> values =
        command.positionalParameters().stream()
            .filter(each -> !choices(each).isEmpty())
            .map(each -> "%s -f -a %s".formatted(start, quoted(choices(each))));
    return Stream.concat(options, values);
  }

  private static String option(OptionSpec option) {
    StringBuilder line = new StringBuilder();
    for (String name : option.names()) {
      line.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    if (option.arity().max() > 0) {
      String choices = choices(option);
      // -x offers only the choices, -r files too.
      boolean files = choices.isEmpty() || option.paramLabel().contains("FILE");
      line.append(files ? " -r" : " -x").append(choices.isEmpty() ? "" : " -a " + quoted(choices));
    }
    return line.append(" -d ").append(quoted(first(option.description()))).toString();
  }

  private static String choices(ArgSpec argument) {
    return argument.completionCandidates() == null
        ? ""
        : StreamSupport.stream(argument.completionCandidates().spliterator(), false)
            .map(String::toLowerCase)
            .collect(Collectors.joining(" "));
  }

  private static String description(CommandSpec command) {
    return quoted(first(command.usageMessage().description()));
  }

  private static String first(String... lines) {
    return lines.length == 0 ? "" : lines[0].replace("%%", "%").replaceFirst("\\.$", "");
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
