package io.reverie.jobs.trust;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.util.List;

/**
 * Decides what a note, which may come from anyone, may refer to: settings and files in the result's
 * folder are allowed. Everything else needs the user's consent.
 *
 * @param result that contains the note
 */
public record NotePermission(Location result, UserGrants grants) {

  /**
   * Refuses the first reference that the note may not make.
   *
   * @throws UserException that names the reference and the remedy
   */
  public void require(List<ExternalRef> refs) throws IOException {
    if (grants.trusting()) {
      return;
    }
    ResultFolder folder = ResultFolder.of(result);
    for (ExternalRef ref : refs) {
      switch (ref.accessKind()) {
        case READ -> {
          if (!grants.names(ref.name()) && !folder.holds(Location.of(ref.name()))) {
            throw outside(ref);
          }
        }
        case DOWNLOAD ->
            throw refused(
                "requires a download of %s from %s, which needs your consent; name the file with --weights FILE"
                    .formatted(ref.role(), ref.shownName()));
        case RUN ->
            throw refused(
                "requires running the program %s (%s), which needs your consent"
                    .formatted(ref.shownName(), ref.role()));
        case REUSE, WRITE -> {}
      }
    }
  }

  private UserException outside(ExternalRef ref) {
    return refused(
        "names %s %s, which is outside the result's folder; name the file with %s"
            .formatted(ref.role(), ref.shownName(), option(ref)));
  }

  private static String option(ExternalRef ref) {
    return switch (ref.role()) {
      case ExternalRef.SOURCE -> "--input FILE";
      case ExternalRef.WEIGHTS -> "--weights FILE";
      default -> "--file '%s=FILE'".formatted(new Location(ref.shownName()).name());
    };
  }

  private UserException refused(String why) {
    return UserException.environment(
        "the note of %s %s, or add --trust-note if you trust whoever wrote it"
            .formatted(result, why));
  }
}
