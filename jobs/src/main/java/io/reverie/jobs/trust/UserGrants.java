package io.reverie.jobs.trust;

import io.reverie.jobs.storage.Location;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The user's decisions about the files that a note refers to.
 *
 * @param input replaces the source
 * @param weights replaces the weights
 * @param files replacements of masks and guides, by their names in the note
 * @param trusting whether the note may refer to any file, download weights and run a program
 */
public record UserGrants(
    Optional<String> input, Optional<String> weights, Map<String, String> files, boolean trusting) {

  public UserGrants {
    files = Map.copyOf(files);
  }

  /** The replacement of a file that the note names, with or without its folder. */
  public Optional<String> instead(String recordedName) {
    return Optional.ofNullable(files.get(recordedName))
        .or(() -> Optional.ofNullable(files.get(new Location(recordedName).name())));
  }

  boolean names(String file) {
    return Stream.concat(Stream.concat(input.stream(), weights.stream()), files.values().stream())
        .anyMatch(file::equals);
  }
}
