package io.reverie.jobs.provenance;

import io.reverie.jobs.storage.Location;
import java.nio.file.Path;

/**
 * How a file is named in a result that others may get: never by an absolute path of its maker's
 * machine. A path is given from the result's folder on, or, where the two have no folder in common,
 * by its name alone; an address elsewhere as it is, without secrets.
 */
final class Address {

  private Address() {}

  static String of(Location file, Location output) {
    if (!file.isLocal()) {
      return Redaction.of(file.text());
    }
    if (!output.isLocal()) {
      return file.name();
    }
    Path folder = Path.of(output.parent().absolute());
    Path path = Path.of(file.absolute());
    boolean together = folder.getNameCount() > 0 && path.getName(0).equals(folder.getName(0));
    return together ? folder.relativize(path).toString() : file.name();
  }

  /** Where such a file is looked for. */
  static Location resolve(String address, Location output) {
    Location location = Location.of(address);
    if (!location.isLocal() || location.path().isAbsolute()) {
      return location;
    }
    Location beside = output.sibling(address);
    return beside.isLocal() ? new Location(beside.path().normalize().toString()) : beside;
  }
}
