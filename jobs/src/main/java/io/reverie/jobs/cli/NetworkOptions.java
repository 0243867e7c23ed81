package io.reverie.jobs.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which network. */
final class NetworkOptions {

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

  /** Adds them to settings {@code a.b=value}. */
  void addTo(List<String> settings) {
    SpecOptions.add(settings, "network", network);
    SpecOptions.add(settings, "weights", weights);
  }
}
