package io.reverie.jobs.storage;

/**
 * What a listing came upon and could not take: a folder without permission, a loop of links, a
 * pipe, a name that no path can have.
 *
 * @param location for people to read; it may lead nowhere
 * @param sentence which names it, and says what to do
 * @param folder whether other files may be missing with it
 */
public record ListingFault(Location location, String sentence, boolean folder) implements Listed {

  static ListingFault file(Location location, String reason) {
    return new ListingFault(location, location + ": " + reason, false);
  }

  static ListingFault folder(Location location, String reason) {
    return new ListingFault(location, location + ": " + reason, true);
  }
}
