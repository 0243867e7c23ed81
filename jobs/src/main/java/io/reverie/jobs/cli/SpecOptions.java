package io.reverie.jobs.cli;

import io.reverie.jobs.spec.SpecLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say what to dream. Those of one letter less are --set with a shorter name. */
final class SpecOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings in YAML, with the keys of `reverie spec`.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, such as octaves.count=3; may be repeated.")
  private List<String> assignments = new ArrayList<>();

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "A name of `reverie networks`, or a descriptor file.")
  private Optional<String> network = Optional.empty();

  @Option(
      names = "--weights",
      paramLabel = "FILE-OR-URI",
      description = "Weights instead of the network's own.")
  private Optional<String> weights = Optional.empty();

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "A named setting of the network, such as creatures.")
  private Optional<String> preset = Optional.empty();

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      split = ",",
      description = "The layer to grow, or several, comma-separated.")
  private List<String> layers = new ArrayList<>();

  @Option(names = "--octaves", paramLabel = "N", description = "How many sizes to dream at.")
  private Optional<String> octaves = Optional.empty();

  @Option(names = "--iterations", paramLabel = "N", description = "Steps at each size.")
  private Optional<String> iterations = Optional.empty();

  @Option(
      names = "--step",
      paramLabel = "LEVELS",
      description = "The mean change of a step, in grey levels.")
  private Optional<String> step = Optional.empty();

  @Option(
      names = "--strength",
      paramLabel = "X",
      description = "How much of the dream to mix in; 0 gives the source back.")
  private Optional<String> strength = Optional.empty();

  @Option(names = "--seed", paramLabel = "N", description = "Of all random draws.")
  private Optional<String> seed = Optional.empty();

  @Option(
      names = "--size",
      paramLabel = "WxH",
      description = "Scale dream and output; 640x or x360 keeps the ratio.")
  private Optional<String> size = Optional.empty();

  @Option(
      names = "--dream-size",
      paramLabel = "WxH",
      description = "Dream at this size and add the result, enlarged, to the full picture.")
  private Optional<String> dreamSize = Optional.empty();

  /**
   * The settings, with further ones of a command's own.
   *
   * @param further {@code a.b=value}, over all others
   */
  SpecLoader.Loaded load(List<String> further) {
    List<String> all = new ArrayList<>();
    add(all, "network", network);
    add(all, "weights", weights);
    add(all, "preset", preset);
    add(all, "octaves.count", octaves);
    add(all, "iterations", iterations);
    add(all, "step", step);
    add(all, "strength", strength);
    add(all, "seed", seed);
    add(all, "size", size);
    add(all, "dreamSize", dreamSize);
    if (!layers.isEmpty()) {
      List<String> terms = layers.stream().map(l -> "{layer: \"" + l.strip() + "\"}").toList();
      all.add("layers=" + terms);
    }
    all.addAll(further);
    all.addAll(assignments);
    return SpecLoader.load(config, all);
  }

  static void add(List<String> all, String key, Optional<String> value) {
    value.ifPresent(v -> all.add(key + "=" + quoted(v)));
  }

  /** As a YAML scalar: text that could be taken for something else is quoted. */
  private static String quoted(String value) {
    return value.matches("-?[0-9]+(\\.[0-9]+)?([eE]-?[0-9]+)?")
        ? value
        : "'" + value.replace("'", "''") + "'";
  }
}
