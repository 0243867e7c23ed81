package io.reverie.jobs.cli;

import io.reverie.jobs.spec.Overlay;
import io.reverie.jobs.spec.ReferenceSettings;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option that sets one key of the spec.
 *
 * @param label of its value in the help
 * @param defaultText the default in the help
 */
record KeyOption(String name, String key, String label, String description, String defaultText) {

  /** An option with the default of {@code reference.yaml}. */
  static KeyOption of(String name, String key, String label, String description) {
    return new KeyOption(name, key, label, description, ReferenceSettings.defaultOf(key).asText());
  }

  void addTo(CommandSpec command) {
    command.addOption(
        OptionSpec.builder(name)
            .type(String.class)
            .paramLabel(label)
            .description("%s (default: %s).".formatted(description, defaultText))
            .build());
  }

  /** The setting; empty if the user does not give the option. */
  Optional<Overlay> overlay(CommandSpec command) {
    String value = command.findOption(name).getValue();
    return Optional.ofNullable(value).map(text -> Overlay.ofOption(name, key, text));
  }
}
