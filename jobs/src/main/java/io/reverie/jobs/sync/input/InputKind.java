package io.reverie.jobs.sync.input;

import io.reverie.jobs.listing.HiddenNames;
import io.reverie.jobs.output.OutputTarget;
import io.reverie.video.allowlist.Containers;
import io.reverie.video.still.Stills;
import java.util.Optional;

/** The kind of an input, by its extension. */
public enum InputKind {
  IMAGE,
  VIDEO;

  /**
   * Parses a name relative to the prefix of the inputs; empty for files that are not inputs: other
   * kinds, and hidden files that programs create while writing or for their own use.
   */
  public static Optional<InputKind> of(String name) {
    if (HiddenNames.holds(name)) {
      return Optional.empty();
    }
    if (Containers.namesVideo(name)) {
      return Optional.of(VIDEO);
    }
    return Stills.reads(name) ? Optional.of(IMAGE) : Optional.empty();
  }

  /**
   * Removes {@code .} and {@code ..} parts, which hide nothing, and surrounding slashes from a key.
   */
  static String plain(String name) {
    return name.replaceAll("(?<=^|/)\\.{0,2}(?:/|$)", "").replaceAll("/+$", "");
  }

  /**
   * The result's name: unchanged if its format can be written, otherwise with {@code .png} or
   * {@code .mp4} appended.
   */
  public String result(String name) {
    return this == IMAGE ? Stills.result(name) : OutputTarget.nameOf(name);
  }
}
