package io.reverie.jobs.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The sections of the help, and which options each lists in which order. */
enum OptionGroup {
  WHAT(
      "What to dream",
      "--recipe",
      "--preset",
      "--network",
      "--weights",
      "--objective",
      "--layer",
      "--channels",
      "--class",
      "--guide"),
  HOW(
      "How to dream",
      "--strength",
      "--octaves",
      "--iterations",
      "--step",
      "--colours",
      "--parameterisation",
      "--seed",
      "--config",
      "--set"),
  WHERE("Where and at what size", "--mask", "--size", "--dream-size", "--tile"),
  VIDEO(
      "Video",
      "--start",
      "--end",
      "--cuts",
      "--temporal",
      "--persistence",
      "--effort",
      "--frames",
      "--fps",
      "--zoom",
      "--rotate",
      "--loop"),
  INPUT("Which inputs", "--include", "--exclude", "--limit", "--max-hours", "--retry"),
  OUTPUT(
      "Output",
      "--codec",
      "--quality",
      "--bitrate",
      "--pixel-format",
      "--strip-private",
      "--overwrite"),
  RUNNING(
      "Running",
      "--dry-run",
      "--device",
      "--work",
      "--keep-work",
      "--checkpoint",
      "--json",
      "--quiet",
      "--help",
      "--version");

  private static final String NOTE =
      "%nA recipe, a preset or the network may change the defaults. Switches are off by default.%n";

  /** Fits all but the longest options, in characters. */
  private static final int LABEL_WIDTH = 24;

  private final String heading;
  private final List<String> options;

  OptionGroup(String heading, String... options) {
    this.heading = "%n" + heading + ":%n";
    this.options = List.of(options);
  }

  /** The group of an option; empty if its line is missing here. */
  static Optional<OptionGroup> of(OptionSpec option) {
    return Arrays.stream(values())
        .filter(group -> group.options.contains(option.longestName()))
        .findFirst();
  }

  /**
   * Lays out the help or the man page of a command, and groups the options if it dreams. Not for a
   * command that is still to be parsed: picocli accepts an option of a group twice.
   */
  static void arrange(CommandSpec command) {
    command
        .usageMessage()
        .abbreviateSynopsis(true)
        .sortOptions(false)
        .longOptionsMaxWidth(LABEL_WIDTH)
        .parameterListHeading("%nArguments:%n")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n");
    if (KeyOptions.setsDream(command)) {
      command.usageMessage().optionListHeading(NOTE);
      for (OptionGroup group : values()) {
        group.take(command);
      }
    }
  }

  private void take(CommandSpec command) {
    List<OptionSpec> taken =
        options.stream()
            .flatMap(name -> Optional.ofNullable(command.findOption(name)).stream())
            .toList();
    if (taken.isEmpty()) {
      return;
    }
    ArgGroupSpec.Builder group =
        ArgGroupSpec.builder().heading(heading).validate(false).order(ordinal());
    for (OptionSpec option : taken) {
      command.remove(option);
      group.addArg(OptionSpec.builder(option).order(options.indexOf(option.longestName())).build());
    }
    command.addArgGroup(group.build());
  }
}
