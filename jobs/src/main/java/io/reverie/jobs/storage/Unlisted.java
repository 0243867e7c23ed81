package io.reverie.jobs.storage;

/**
 * What a listing came upon and could not take: a folder without permission, a loop of links, a
 * pipe, a name that no path can have.
 *
 * @param location for people to read; it may lead nowhere
 * @param sentence which names it, and says what to do
 * @param folder whether other files may be missing with it
 */
public record Unlisted(Location location, String sentence, boolean folder) implements Listed {

  static Unlisted file(Location location, String reason) {
    return new Unlisted(location, location + ": " + reason, false);
  }

  static Unlisted folder(Location location, String reason) {
    return new Unlisted(location, location + ": " + reason, true);
  }
}
