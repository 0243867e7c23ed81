package io.reverie.jobs.storage;

import java.util.Optional;

/**
 * Checks names from elsewhere, such as object keys or archive entries, before they become part of a
 * path: no part may be empty, "." or "..".
 */
public final class RelativeName {

  private RelativeName() {}

  /**
   * Returns what is wrong with a name, phrased to follow it in a sentence; empty if it is valid.
   */
  public static Optional<String> fault(String name) {
    if (name.indexOf('\0') >= 0) {
      return Optional.of("contains a NUL character");
    }
    for (String part : name.split("/", -1)) {
      if (part.isEmpty()) {
        return Optional.of("contains an empty part between slashes");
      }
      if (part.equals(".") || part.equals("..")) {
        return Optional.of("contains the part '%s'".formatted(part));
      }
    }
    return Optional.empty();
  }
}
