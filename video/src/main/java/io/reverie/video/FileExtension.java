package io.reverie.video;

import java.util.Locale;

/** The extension of a file name, which selects the format. */
public final class FileExtension {

  private FileExtension() {}

  /**
   * Returns the part after the last dot, in lower case; empty for {@code png} and {@code .png},
   * which are names without an extension.
   *
   * @param name with or without its folder
   */
  public static String of(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    int dot = last.lastIndexOf('.');
    return dot < 1 ? "" : last.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
