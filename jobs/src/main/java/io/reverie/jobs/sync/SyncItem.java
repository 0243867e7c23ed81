package io.reverie.jobs.sync;

import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.sync.input.InputKind;
import java.io.Serializable;
import java.util.List;

/**
 * An input to dream.
 *
 * @param name relative to the prefix of the inputs
 * @param input as it was listed
 * @param output where the result goes
 * @param key identifies its records
 * @param attempt number of the next attempt, from 1
 * @param suspect whether an earlier attempt never ended, so it may have crashed its machine
 * @param outdated records that this attempt replaces
 * @param refusal why it cannot be dreamed; usually empty
 */
public record SyncItem(
    String name,
    InputKind kind,
    FileEntry input,
    Location output,
    ItemKey key,
    int attempt,
    boolean suspect,
    List<RecordName> outdated,
    String refusal)
    implements Serializable {

  public SyncItem {
    if (attempt < 1) {
      throw new IllegalArgumentException("%s cannot have the attempt %d".formatted(name, attempt));
    }
    outdated = List.copyOf(outdated);
  }

  /** The prefix of the results. */
  Location folder() {
    String below = kind.result(name);
    return new Location(output.text().substring(0, output.text().length() - below.length()));
  }

  /** Whether its listing failed, so that its name, or names below it, may be missing. */
  boolean hasFault() {
    return input.version().isEmpty();
  }

  int failures() {
    return attempt - 1;
  }
}
