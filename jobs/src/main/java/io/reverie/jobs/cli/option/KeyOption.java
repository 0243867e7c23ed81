package io.reverie.jobs.cli.option;

import io.reverie.jobs.spec.Overlay;
import io.reverie.jobs.spec.ReferenceSettings;
import io.reverie.jobs.spec.rule.EnumNames;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option that sets one key of the spec.
 *
 * @param label of its value in the help; empty for a switch, which sets the key to true
 * @param defaultText the default in the help; empty for a switch
 * @param choices the values that a shell completes, if there is a list of them
 */
public record KeyOption(
    String name,
    String key,
    String label,
    String description,
    String defaultText,
    Iterable<String> choices) {

  /** An option with the default of {@code reference.yaml}. */
  public static KeyOption of(String name, String key, String label, String description) {
    return new KeyOption(name, key, label, description, defaultOf(key), List.of());
  }

  /** An option whose values are the constants of an enum. */
  public static KeyOption choice(
      String name, String key, String label, String description, Class<? extends Enum<?>> type) {
    List<String> names = EnumNames.names(type);
    return of(name, key, label, description + ": " + String.join(", ", names)).completing(names);
  }

  private static String defaultOf(String key) {
    return ReferenceSettings.defaultOf(key).asText();
  }

  public KeyOption completing(Iterable<String> names) {
    return new KeyOption(name, key, label, description, defaultText, names);
  }

  /** With another default than that of {@code reference.yaml}. */
  public KeyOption withDefault(String text) {
    return new KeyOption(name, key, label, description, text, choices);
  }

  /** An option without a value, which sets a key to true. */
  public static KeyOption toggle(String name, String key, String description) {
    if (ReferenceSettings.defaultOf(key).asBoolean()) {
      throw new IllegalArgumentException(key + " is on by default, so a switch changes nothing");
    }
    return of(name, key, "", description).withDefault("");
  }

  public void addTo(CommandSpec command) {
    String end = defaultText.isEmpty() ? "." : " (default: %s).".formatted(defaultText);
    OptionSpec.Builder option = OptionSpec.builder(name).description(description + end);
    command.addOption(
        label.isEmpty()
            ? option.type(Boolean.class).build()
            : option.type(String.class).paramLabel(label).completionCandidates(choices).build());
  }

  /** The setting; empty if the user does not give the option. */
  public Optional<Overlay> overlay(CommandSpec command) {
    Object value = command.findOption(name).getValue();
    return Optional.ofNullable(value).map(text -> Overlay.ofOption(name, key, text.toString()));
  }
}
