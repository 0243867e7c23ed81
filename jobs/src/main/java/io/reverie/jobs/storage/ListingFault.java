package io.reverie.jobs.storage;

/**
 * Something that a listing found but cannot use: an unreadable folder, a loop of links, a pipe, a
 * name that is not a valid path.
 *
 * @param location for display only; it may not be a usable path
 * @param sentence the error message, which names the location and the remedy
 * @param folder whether the fault may hide other files
 */
public record ListingFault(Location location, String sentence, boolean folder)
    implements ListingEntry {

  static ListingFault file(Location location, String reason) {
    return new ListingFault(location, location + ": " + reason, false);
  }

  static ListingFault folder(Location location, String reason) {
    return new ListingFault(location, location + ": " + reason, true);
  }
}
