package io.reverie.jobs.trust;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.util.List;

/**
 * The rule for a note, which is a stranger's text: settings are taken from it, and the names of
 * files in the result's folder. For all else it takes the user.
 *
 * @param result whose note it is
 */
public record NotePermission(Location result, UserGrants given) {

  /**
   * Refuses the first of the needs that the note may not have.
   *
   * @throws UserException that names the thing and the remedy
   */
  public void require(List<ExternalRef> needs) throws IOException {
    if (given.trusting()) {
      return;
    }
    ResultFolder folder = ResultFolder.of(result);
    for (ExternalRef need : needs) {
      switch (need.act()) {
        case READ -> {
          if (!given.names(need.name()) && !folder.holds(Location.of(need.name()))) {
            throw outside(need);
          }
        }
        case DOWNLOAD ->
            throw refused(
                "wants %s downloaded from %s, which a note may not; give the file with --weights FILE"
                    .formatted(need.role(), need.shownName()));
        case RUN ->
            throw refused(
                "wants the program %s run (%s), which a note may not"
                    .formatted(need.shownName(), need.role()));
        case REUSE, WRITE -> {}
      }
    }
  }

  private UserException outside(ExternalRef need) {
    return refused(
        "names %s %s, which is outside the result's folder; give the file with %s"
            .formatted(need.role(), need.shownName(), option(need)));
  }

  private static String option(ExternalRef need) {
    return switch (need.role()) {
      case ExternalRef.SOURCE -> "--input FILE";
      case ExternalRef.WEIGHTS -> "--weights FILE";
      default -> "--file '%s=FILE'".formatted(new Location(need.shownName()).name());
    };
  }

  private UserException refused(String why) {
    return UserException.environment(
        "the note of %s %s, or add --trust-note if you trust whoever wrote it"
            .formatted(result, why));
  }
}
