package io.reverie.jobs.provenance;

import io.reverie.jobs.storage.Location;
import io.reverie.jobs.terminal.Redaction;
import java.util.Arrays;

/**
 * How a result names a file, in itself and beside it: by its path from the result's folder on where
 * it is below that folder, else by its name alone. Results are shown to others, whom the folders of
 * their maker do not concern.
 */
final class SharedAddress {

  private SharedAddress() {}

  static String of(Location file, Location output) {
    if (isPublic(file.text())) {
      return Redaction.of(file.text());
    }
    Location folder = output.parent();
    // Everything is below the root; that says nothing of the result.
    boolean below = folder.holds(file) && !folder.absolute().equals("/");
    return below ? shared(folder.relative(file)) : new Location(Redaction.of(file.text())).name();
  }

  /** The same of what an older version has written, or a user's descriptor names. */
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

  /** What a network's maker has published, or Reverie brings. */
  private static boolean isPublic(String address) {
    return address.startsWith("https://")
        || address.startsWith("http://")
        || address.startsWith("resource:")
        || address.equals(SourceInfo.NOISE);
  }

  /** Where such a file is looked for. */
  static Location resolve(String address, Location output) {
    Location location = Location.of(address);
    if (!location.isLocal() || location.path().isAbsolute()) {
      return location;
    }
    Location beside = new Location(output.parent().asFolder().text() + address);
    return beside.isLocal() ? new Location(beside.path().normalize().toString()) : beside;
  }
}
