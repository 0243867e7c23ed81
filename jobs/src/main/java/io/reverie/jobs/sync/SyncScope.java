package io.reverie.jobs.sync;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.inputs.InputFile;
import io.reverie.jobs.inputs.InputRow;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.RelativeName;
import java.util.ArrayList;
import java.util.List;

/**
 * Which inputs and results a sync looks at.
 *
 * @param check whether to list all results in any case
 * @param delete whether to delete results whose inputs are gone
 * @param names of the only inputs to look at, relative to their prefix; empty for all
 */
public record SyncScope(boolean check, boolean delete, List<String> names) {

  /** Lists inputs, lists results if that is cheap or overdue, and deletes none. */
  public static final SyncScope DEFAULT = new SyncScope(false, false, List.of());

  public SyncScope {
    names = List.copyOf(names);
    if (delete && !names.isEmpty()) {
      throw UserException.usage(
          "--delete needs a listing of all inputs, so it cannot be used with --inputs; remove one");
    }
  }

  /**
   * Reads the names of a list.
   *
   * @param list of inputs, each relative to the prefix or with its whole address
   * @param in prefix of the inputs
   * @throws UserException for a row with more than an input, or an input outside the prefix
   */
  public static List<String> names(InputFile list, String in) {
    Location folder = Location.of(in).asFolder();
    List<String> names = new ArrayList<>();
    for (InputRow row : list.read()) {
      String place = row.list() + ", " + row.where();
      if (row.output().isPresent()
          || row.recipe().isPresent()
          || !row.settings().tree().isEmpty()) {
        throw UserException.usage(
            "%s: sync gives all results the same settings and the names of their inputs; keep only the key input"
                .formatted(place));
      }
      String text = Location.of(row.input()).text();
      String name = text.startsWith(folder.text()) ? text.substring(folder.text().length()) : text;
      if (RelativeName.fault(name).isPresent() || !new Location(name).isLocal()) {
        throw UserException.usage(
            "%s: %s is not below %s; name inputs relative to it".formatted(place, text, in));
      }
      names.add(name);
    }
    return names.stream().distinct().toList();
  }
}
