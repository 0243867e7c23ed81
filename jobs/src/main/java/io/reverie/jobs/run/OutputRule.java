package io.reverie.jobs.run;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.video.FileExtension;
import java.io.IOException;
import java.util.function.Predicate;

/** Whether an output that the user named is a single file or a folder: one rule for all jobs. */
public final class OutputRule {

  private OutputRule() {}

  /**
   * An output is a folder if it exists as one or ends with a slash, or if there may be several
   * results and the name has no extension of the job's formats: {@code png} is a folder, {@code
   * x.png} a file.
   *
   * @param one whether the inputs name exactly one result
   * @param formats whether the job can write a file of this name
   * @throws UserException for several results in one file, or for a name that could be either
   */
  public static boolean isFolder(Location output, boolean one, Predicate<String> formats)
      throws IOException {
    if (Storage.namesFolder(output)) {
      return true;
    }
    if (!one && formats.test(output.name())) {
      throw UserException.usage(
          "%s is a single file, but the inputs may have several results; name a folder, or end the name with a slash"
              .formatted(output));
    }
    if (one && FileExtension.of(output.name()).isEmpty()) {
      throw UserException.usage(
          "%s is not an existing folder and has no extension; add / for a folder, or an extension such as %s"
              .formatted(output, formats.test("x.mp4") ? ".mp4" : ".png"));
    }
    return !one;
  }
}
