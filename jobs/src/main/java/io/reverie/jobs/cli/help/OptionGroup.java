package io.reverie.jobs.cli.help;

import io.reverie.jobs.cli.option.KeyOptions;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A section of the help of a command that dreams.
 *
 * @param options in the order in which they are listed
 */
public record OptionGroup(String heading, List<String> options) {

  /** All sections, in order: an option of a new command needs a place here. */
  static final List<OptionGroup> ALL =
      List.of(
          of(
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
          of(
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
          of("Where and at what size", "--mask", "--size", "--dream-size", "--tile"),
          of(
              "Video",
              "--start",
              "--end",
              "--cuts",
              "--temporal",
              "--persistence",
              "--effort",
              "--inbetween",
              "--frames",
              "--fps",
              "--zoom",
              "--rotate",
              "--loop"),
          of("Which looks", "--presets", "--recipes", "--layers", "--vary", "--motion"),
          of(
              "Which inputs",
              "--include",
              "--exclude",
              "--limit",
              "--max-hours",
              "--retry",
              "--fail-on-quarantine",
              "--check",
              "--delete",
              "--inputs"),
          of(
              "Output",
              "--codec",
              "--quality",
              "--bitrate",
              "--pixel-format",
              "--strip-private",
              "--overwrite",
              "--report",
              "--partial",
              "--keep-dream",
              "--results"),
          of(
              "Running",
              "--dry-run",
              "--executors",
              "--deadline",
              "--price-core-hour",
              "--price-requests",
              "--device",
              "--batch",
              "--precision",
              "--work",
              "--keep-work",
              "--checkpoint",
              "--json",
              "--quiet",
              "--help",
              "--version"));

  private static final String NOTE =
      "%nA recipe, a preset or the network may change the defaults. Switches are off by default.%n";

  /** Fits all but the longest options, in characters. */
  private static final int LABEL_WIDTH = 24;

  private static OptionGroup of(String heading, String... options) {
    return new OptionGroup(heading, List.of(options));
  }

  /** Returns whether an option has a place in a section. */
  public static boolean lists(OptionSpec option) {
    return ALL.stream().anyMatch(group -> group.options.contains(option.longestName()));
  }

  /**
   * Lays out the help or the man page of a command, and groups the options if it dreams. Not for a
   * command that is still to be parsed: picocli accepts an option of a group twice.
   */
  public static void arrange(CommandSpec command) {
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
      for (OptionGroup group : ALL) {
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
        ArgGroupSpec.builder()
            .heading("%n" + heading + ":%n")
            .validate(false)
            .order(ALL.indexOf(this));
    for (OptionSpec option : taken) {
      command.remove(option);
      group.addArg(OptionSpec.builder(option).order(options.indexOf(option.longestName())).build());
    }
    command.addArgGroup(group.build());
  }
}
