package io.reverie.jobs.trust;

import io.reverie.jobs.storage.Location;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the user says about the files that a note names.
 *
 * @param input instead of the source
 * @param weights instead of the weights
 * @param files instead of masks and guides, by the names that these have in the note
 * @param trusting whether the note may name any file, download weights, and run a program
 */
public record UserGrants(
    Optional<String> input, Optional<String> weights, Map<String, String> files, boolean trusting) {

  public UserGrants {
    files = Map.copyOf(files);
  }

  /** The file in the place of one that the note names, with its folder or without. */
  public Optional<String> instead(String told) {
    return Optional.ofNullable(files.get(told))
        .or(() -> Optional.ofNullable(files.get(new Location(told).name())));
  }

  boolean names(String file) {
    return Stream.concat(Stream.concat(input.stream(), weights.stream()), files.values().stream())
        .anyMatch(file::equals);
  }
}
