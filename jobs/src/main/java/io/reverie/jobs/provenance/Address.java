package io.reverie.jobs.provenance;

import io.reverie.jobs.storage.Location;
import java.nio.file.Path;

/**
 * How a file is named beside a result: by its path from the result's folder on or, where the two
 * have no folder in common, by its whole path; an address elsewhere as it is, without secrets. A
 * result in a bucket is told a local file's name alone.
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
    return together ? folder.relativize(path).toString() : path.toString();
  }

  /** The same in the result itself, which others may get: no whole path of its maker's machine. */
  static String shared(String address) {
    Location location = Location.of(Redaction.of(address));
    return location.isLocal() && location.path().isAbsolute() ? location.name() : address;
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
