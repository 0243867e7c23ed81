package io.reverie.jobs.cli;

import io.reverie.jobs.spec.Overlay;
import io.reverie.jobs.spec.ReferenceSettings;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option that sets one key of the spec.
 *
 * @param label of its value in the help; empty for a switch, which sets the key to true
 * @param defaultText the default in the help
 */
record KeyOption(String name, String key, String label, String description, String defaultText) {

  /** An option with the default of {@code reference.yaml}. */
  static KeyOption of(String name, String key, String label, String description) {
    return new KeyOption(name, key, label, description, ReferenceSettings.defaultOf(key).asText());
  }

  /** An option without a value, which sets a key to true. */
  static KeyOption toggle(String name, String key, String description) {
    return of(name, key, "", description);
  }

  void addTo(CommandSpec command) {
    OptionSpec.Builder option =
        OptionSpec.builder(name)
            .description("%s (default: %s).".formatted(description, defaultText));
    command.addOption(
        label.isEmpty()
            ? option.type(Boolean.class).arity("0").build()
            : option.type(String.class).paramLabel(label).build());
  }

  /** The setting; empty if the user does not give the option. */
  Optional<Overlay> overlay(CommandSpec command) {
    Object value = command.findOption(name).getValue();
    return Optional.ofNullable(value).map(text -> Overlay.ofOption(name, key, text.toString()));
  }
}
