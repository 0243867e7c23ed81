package io.reverie.jobs.listing;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.Location;
import java.nio.file.Files;

/** Explains why an input or an output cannot be a file. */
public final class NoFile {

  private static final String STANDARD = "-";

  private NoFile() {}

  /** Returns the error for an input that is neither a file nor a folder. */
  public static UserException input(Location input) {
    if (isStandard(input)) {
      return UserException.environment(
          "standard input (-) cannot be read twice; save it to a file first, for example: cat > input.mp4");
    }
    if (isSpecial(input)) {
      return UserException.environment(
          "%s is a pipe or a device, which cannot be read twice; save its content to a file first, for example: cat %s > input.mp4"
              .formatted(input, input));
    }
    return UserException.environment("%s does not exist; check the path".formatted(input));
  }

  /**
   * Refuses an output that cannot be replaced by a finished file.
   *
   * @throws UserException that names the remedy
   */
  public static void requireOutput(Location output) {
    if (isStandard(output) || isSpecial(output)) {
      throw UserException.usage(
          "%s is %s, but results are written as complete files; name a file, and copy it from there"
              .formatted(
                  output, isStandard(output) ? "the standard output" : "a pipe or a device"));
    }
  }

  private static boolean isStandard(Location location) {
    return location.text().equals(STANDARD) && !Files.exists(location.path());
  }

  private static boolean isSpecial(Location location) {
    return location.isLocal()
        && Files.exists(location.path())
        && !Files.isRegularFile(location.path())
        && !Files.isDirectory(location.path());
  }
}
