package io.reverie.jobs.storage;

/**
 * Something that a listing found but cannot use: an unreadable folder, a loop of links, a pipe, a
 * name that is not a valid path.
 *
 * @param location for display only; it may not be a usable path
 * @param sentence the error message, which names the location and the remedy
 * @param hides what cannot be seen because of it
 */
public record ListingFault(Location location, String sentence, Hides hides)
    implements ListingEntry {

  /** What cannot be seen because of a fault. */
  public enum Hides {
    ITSELF,
    /** Everything below a folder. */
    FILES,
    /** Itself, or everything below it: a link that leads nowhere may have led to a folder. */
    PERHAPS_FILES
  }

  static ListingFault file(Location location, String reason) {
    return new ListingFault(location, location + ": " + reason, Hides.ITSELF);
  }

  static ListingFault folder(Location location, String reason) {
    return new ListingFault(location, location + ": " + reason, Hides.FILES);
  }

  static ListingFault link(Location location, String reason) {
    return new ListingFault(location, location + ": " + reason, Hides.PERHAPS_FILES);
  }

  /** Whether it is a folder's. */
  public boolean folder() {
    return hides == Hides.FILES;
  }
}
