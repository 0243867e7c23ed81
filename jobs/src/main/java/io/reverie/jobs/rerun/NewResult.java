package io.reverie.jobs.rerun;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.util.Optional;

/**
 * The place of a rerun's result.
 *
 * @param output the result that it is compared with
 * @param recordedName the name that this result was made under
 */
record NewResult(Location output, String recordedName) {

  /** See {@link Rerun#target}. */
  Location target(Optional<String> requested, boolean overwrite) {
    Location target = requested.map(Location::of).orElseGet(this::defaultTarget);
    String extension = extension(recordedName);
    if (!extension(target.name()).equalsIgnoreCase(extension)) {
      throw UserException.usage(
          "%s was made as %s; name an output that ends in %s, not %s"
              .formatted(output, recordedName, extension, target));
    }
    if (target.absolute().equals(output.absolute())) {
      throw UserException.usage(
          "%s is the result that the rerun is compared with; name another output"
              .formatted(output));
    }
    try {
      if (!overwrite && FrameComparison.isThere(target)) {
        throw UserException.usage(
            "%s already exists; name another output, or replace it with --overwrite"
                .formatted(target));
      }
    } catch (IOException e) {
      throw Failure.environment(e);
    }
    return target;
  }

  private Location defaultTarget() {
    String extension = extension(output.name());
    String stem = output.name().substring(0, output.name().length() - extension.length());
    return output.sibling(stem + "-again" + extension);
  }

  private static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot);
  }
}
