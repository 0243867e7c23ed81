package io.reverie.jobs.storage;

import java.util.Optional;

/**
 * The rule for names that come from elsewhere, such as keys of a bucket or entries of an archive,
 * before they become part of a path: parts between slashes, of which none leads to another folder.
 */
final class RelativeName {

  private RelativeName() {}

  /** What is wrong with a name, to follow the name in a sentence; empty if nothing is. */
  static Optional<String> fault(String name) {
    if (name.indexOf('\0') >= 0) {
      return Optional.of("has a NUL character");
    }
    for (String part : name.split("/", -1)) {
      if (part.isEmpty()) {
        return Optional.of("has an empty part between slashes");
      }
      if (part.equals(".") || part.equals("..")) {
        return Optional.of("has the part '%s'".formatted(part));
      }
    }
    return Optional.empty();
  }
}
