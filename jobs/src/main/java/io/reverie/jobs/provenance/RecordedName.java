package io.reverie.jobs.provenance;

import io.reverie.jobs.storage.Location;
import io.reverie.jobs.terminal.Redaction;
import java.util.Arrays;

/**
 * How a result records the name of a file: relative to the result's folder if the file is below it,
 * otherwise by name only. Results are shown to others, who need not see the folders of their maker.
 */
public final class RecordedName {

  private RecordedName() {}

  /** Names a file for a result, or for a page, at a place. */
  public static String of(Location file, Location output) {
    if (isPublic(file.text())) {
      return Redaction.of(file.text());
    }
    Location folder = output.parent();
    // Everything is below the root, so a path from there would reveal all folders.
    boolean below = folder.holds(file) && !folder.absolute().equals("/");
    return below ? shared(folder.relative(file)) : new Location(Redaction.of(file.text())).name();
  }

  /** Shortens a name recorded by an older version or by a user's descriptor. */
  static String shared(String address) {
    if (isPublic(address)) {
      return Redaction.of(address);
    }
    Location location = new Location(Redaction.of(address));
    boolean within =
        location.isLocal()
            && !location.path().isAbsolute()
            && Arrays.stream(address.split("/", -1)).noneMatch(".."::equals);
    return within ? address : location.name();
  }

  /** An address published by a network's author, or a file that ships with Reverie. */
  private static boolean isPublic(String address) {
    return address.startsWith("https://")
        || address.startsWith("http://")
        || address.startsWith("resource:")
        || address.equals(SourceInfo.NOISE);
  }

  /** Returns where to look for a file recorded this way. */
  static Location resolve(String address, Location output) {
    Location location = Location.of(address);
    if (!location.isLocal() || location.path().isAbsolute()) {
      return location;
    }
    Location beside = new Location(output.parent().asFolder().text() + address);
    return beside.isLocal() ? new Location(beside.path().normalize().toString()) : beside;
  }
}
