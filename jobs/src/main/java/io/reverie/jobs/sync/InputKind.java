package io.reverie.jobs.sync;

import io.reverie.video.encode.OutputFormat;
import io.reverie.video.still.Stills;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an input is, as its name says. */
public enum InputKind {
  IMAGE,
  VIDEO;

  /** What cameras, phones, editors and archives leave behind, and FFmpeg reads. */
  private static final Set<String> VIDEOS =
      Set.of(
          "mp4", "m4v", "mov", "mkv", "webm", "avi", "ts", "gif", "wmv", "asf", "flv", "f4v", "mpg",
          "mpeg", "vob", "mts", "m2ts", "3gp", "3g2", "ogv", "mxf", "dv", "divx");

  /**
   * Of a name below the prefix of the inputs; empty for what is no input: other files, and those
   * that programs hide while they write them, or for themselves.
   */
  static Optional<InputKind> of(String name) {
    if (isHidden(name) || name.indexOf('.') < 0) {
      return Optional.empty();
    }
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (VIDEOS.contains(extension)) {
      return Optional.of(VIDEO);
    }
    return Stills.supports(name) ? Optional.of(IMAGE) : Optional.empty();
  }

  /** Whether a part of the name begins with a dot or an underscore. */
  static boolean isHidden(String name) {
    return name.startsWith(".")
        || name.startsWith("_")
        || name.contains("/.")
        || name.contains("/_");
  }

  /**
   * A key without its parts {@code .} and {@code ..}, which hide nothing, and without slashes
   * around.
   */
  static String plain(String name) {
    return name.replaceAll("(?<=^|/)\\.{0,2}(?:/|$)", "").replaceAll("/+$", "");
  }

  /** The result's name: the same where its format can be written. */
  String result(String name) {
    return this == IMAGE || OutputFormat.supports(name) ? name : name + ".mp4";
  }
}
