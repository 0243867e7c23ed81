package io.reverie.jobs.listing;

import java.util.regex.Pattern;

/**
 * Names of files that are never inputs: those that begin with a dot, which programs create while
 * they write or for their own use, and everything in folders that do, such as {@code .reverie}.
 * Hadoop's {@code _temporary} holds half-written files. Cameras, too, name pictures {@code
 * _DSC0001.JPG}: an underscore alone hides nothing.
 */
public final class HiddenNames {

  private static final Pattern HIDDEN = Pattern.compile("(?:^|/)(?:\\.|_temporary/)");

  private HiddenNames() {}

  /**
   * Returns whether a name is hidden.
   *
   * @param name relative to the folder that the user named
   */
  public static boolean holds(String name) {
    return HIDDEN.matcher(name).find();
  }
}
