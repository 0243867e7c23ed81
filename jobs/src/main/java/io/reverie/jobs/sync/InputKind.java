package io.reverie.jobs.sync;

import io.reverie.video.encode.OutputFormat;
import io.reverie.video.still.Stills;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The kind of an input, by its extension. */
public enum InputKind {
  IMAGE,
  VIDEO;

  /** Extensions of cameras, phones, editors and archives that FFmpeg can read. */
  private static final Set<String> VIDEOS =
      Set.of(
          "mp4", "m4v", "mov", "mkv", "webm", "avi", "ts", "gif", "wmv", "asf", "flv", "f4v", "mpg",
          "mpeg", "vob", "mts", "m2ts", "3gp", "3g2", "ogv", "mxf", "dv", "divx");

  /**
   * Parses a name relative to the prefix of the inputs; empty for files that are not inputs: other
   * kinds, and hidden files that programs create while writing or for their own use.
   */
  static Optional<InputKind> of(String name) {
    if (isHidden(name) || name.indexOf('.') < 0) {
      return Optional.empty();
    }
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (VIDEOS.contains(extension)) {
      return Optional.of(VIDEO);
    }
    return Stills.reads(name) ? Optional.of(IMAGE) : Optional.empty();
  }

  /** Whether a part of the name begins with a dot or an underscore. */
  static boolean isHidden(String name) {
    return name.startsWith(".")
        || name.startsWith("_")
        || name.contains("/.")
        || name.contains("/_");
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
  String result(String name) {
    if (this == IMAGE) {
      return Stills.result(name);
    }
    return OutputFormat.supports(name) ? name : name + ".mp4";
  }
}
