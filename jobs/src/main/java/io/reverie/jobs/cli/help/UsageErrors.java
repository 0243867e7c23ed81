package io.reverie.jobs.cli.help;

import io.reverie.core.text.NearestNames;
import io.reverie.jobs.spec.rule.EnumNames;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** One sentence for each mistake that picocli finds on the command line. */
public final class UsageErrors {

  // Facts that picocli states only in its messages.
  private static final Pattern VALUE_OF_SWITCH =
      Pattern.compile("option '(\\S+)'.* should be specified without '(.*)' parameter");
  private static final Pattern ONLY =
      Pattern.compile("but only 1 were specified: \\[(.*)]", Pattern.DOTALL);

  private UsageErrors() {}

  /**
   * Refuses fewer arguments than an input and an output.
   *
   * @param given all arguments of a command that takes several
   */
  public static void requireTwo(CommandSpec command, List<String> given) {
    if (given.size() < 2) {
      throw new MissingParameterException(
          command.commandLine(),
          List.copyOf(command.positionalParameters()),
          given.isEmpty() ? "" : "but only 1 were specified: [%s]".formatted(given.get(0)));
    }
  }

  public static String sentence(ParameterException e) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    if (e instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0);
      return unmatched.isUnknownOption() ? unknownOption(word, command) : surplus(word, command);
    }
    if (e instanceof MissingParameterException missing) {
      return missing(missing, command);
    }
    if (e instanceof OverwrittenOptionException twice) {
      return "%s is given twice; give it once".formatted(name(twice.getOverwritten()));
    }
    if (e.getArgSpec() != null) {
      return wrongValue(e.getArgSpec(), String.valueOf(e.getValue()));
    }
    Matcher valued = VALUE_OF_SWITCH.matcher(String.valueOf(e.getMessage()));
    if (valued.matches()) {
      return takesNoValue(valued.group(1), valued.group(2));
    }
    return command.subcommands().isEmpty()
        ? String.valueOf(e.getMessage())
        : "no command given; %s".formatted(commands(command));
  }

  private static String unknownOption(String word, CommandSpec command) {
    String option = word.replaceFirst("=.*", "");
    List<String> others =
        command.root().subcommands().values().stream()
            .map(line -> line.getCommandSpec())
            .filter(other -> other.findOption(option) != null)
            .map(CommandSpec::name)
            .toList();
    if (!others.isEmpty()) {
      return "%s has no option %s; it belongs to %s"
          .formatted(command.qualifiedName(), option, String.join(", ", others));
    }
    List<String> known =
        command.options().stream()
            .filter(each -> !each.hidden())
            .map(OptionSpec::longestName)
            .toList();
    return "unknown option '%s'; %s"
        .formatted(
            option,
            NearestNames.meant(known, option)
                .map("did you mean '%s'?"::formatted)
                .orElse("`%s --help` lists the options".formatted(command.qualifiedName())));
  }

  private static String surplus(String word, CommandSpec command) {
    if (!command.subcommands().isEmpty()) {
      return "unknown command '%s'; %s"
          .formatted(
              word,
              NearestNames.meant(command.subcommands().keySet(), word)
                  .map("did you mean '%s'?"::formatted)
                  .orElse(commands(command)));
    }
    String takes = arguments(command);
    return "unexpected argument '%s'; %s takes %s"
        .formatted(word, command.qualifiedName(), takes.isEmpty() ? "only options" : takes);
  }

  private static String commands(CommandSpec command) {
    return "the commands are %s".formatted(String.join(", ", command.subcommands().keySet()));
  }

  private static String missing(MissingParameterException e, CommandSpec command) {
    if (!e.getMissing().isEmpty() && e.getMissing().get(0) instanceof OptionSpec option) {
      return "%s needs a value: %s".formatted(name(option), option.paramLabel());
    }
    Matcher only = ONLY.matcher(String.valueOf(e.getMessage()));
    return "%s%s needs %s%s"
        .formatted(
            only.find() ? "only '%s' was given; ".formatted(only.group(1)) : "",
            command.qualifiedName(),
            arguments(command),
            example(command));
  }

  /** The labels of all arguments, as in the usage line. */
  private static String arguments(CommandSpec command) {
    return command.positionalParameters().stream()
        .map(each -> isNeeded(each) ? each.paramLabel() : "[" + each.paramLabel() + "]")
        .collect(Collectors.joining(" "));
  }

  /** A list of inputs may replace arguments that are otherwise needed. */
  private static boolean isNeeded(PositionalParamSpec argument) {
    return argument.required() || argument.arity().isVariable();
  }

  /** The first example of the help. */
  private static String example(CommandSpec command) {
    for (String line : command.usageMessage().footer()) {
      if (line.startsWith("  " + command.qualifiedName() + " ")) {
        return ", such as: " + line.strip();
      }
    }
    return "";
  }

  private static String wrongValue(ArgSpec argument, String value) {
    if (argument instanceof OptionSpec option && option.arity().max() == 0) {
      return takesNoValue(name(option), value);
    }
    Class<?> type = argument.type();
    if (type.isEnum()) {
      List<String> choices = EnumNames.names(type);
      return "%s must be %s, not '%s'%s"
          .formatted(name(argument), either(choices), value, NearestNames.question(choices, value));
    }
    return Map.class.isAssignableFrom(type)
        ? "%s must be %s, not '%s'"
            .formatted(name(argument), ((OptionSpec) argument).paramLabel(), value)
        : "%s must be %s, not '%s'".formatted(name(argument), kind(type), value);
  }

  private static String takesNoValue(String option, String value) {
    return "%s takes no value; omit '=%s'".formatted(option, value);
  }

  private static String either(List<String> choices) {
    int last = choices.size() - 1;
    return String.join(", ", choices.subList(0, last)) + " or " + choices.get(last);
  }

  private static String kind(Class<?> type) {
    if (type == int.class || type == long.class) {
      return "a whole number";
    }
    return type == double.class ? "a number" : "a valid " + type.getSimpleName();
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? option.longestName()
        : ((PositionalParamSpec) argument).paramLabel();
  }
}
