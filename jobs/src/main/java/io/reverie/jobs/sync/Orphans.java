package io.reverie.jobs.sync;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.provenance.Sidecar;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.sync.lock.SyncLock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The results whose inputs are gone: those that a record names, that exist, and that are unchanged
 * since the record.
 *
 * @param folders where inputs and results are
 * @param plan that has listed all of them
 */
record Orphans(SyncFolders folders, SyncPlan plan) {

  /** Deleted with a few requests. */
  private static final int GROUP = 1000;

  /**
   * Checks that the inputs were listed.
   *
   * @return false if some could not be
   * @throws UserException if there are none at all, as if the address were wrong
   */
  boolean areCertain() {
    long orphans = plan.count(ItemState.ORPHAN);
    if (orphans > 0 && plan.found() == 0) {
      throw UserException.environment(
          "there is no input in %s, so --delete would delete all %d results in %s; check the address, or delete the results yourself"
              .formatted(folders.in(), orphans, folders.out()));
    }
    return orphans == 0 || plan.fault().isEmpty();
  }

  /** Why none may be deleted, although the run continues; empty if they may. */
  Optional<String> notice() {
    return plan.count(ItemState.ORPHAN) == 0
        ? Optional.empty()
        : plan.fault()
            .map("some inputs could not be listed, so no result was deleted: %s"::formatted);
  }

  /** Some of the results, by name. */
  List<String> names(int limit) {
    List<String> names = new ArrayList<>();
    Iterator<SyncItem> each = plan.orphans();
    while (names.size() < limit && each.hasNext()) {
      names.add(each.next().output().text());
    }
    return names;
  }

  /**
   * Deletes the results with their sidecars, then their records: a crash in between leaves records
   * without results, which are harmless.
   *
   * @return number of deleted results
   */
  long delete(Journal journal, SyncLock lock) throws IOException {
    long deleted = 0;
    List<SyncItem> group = new ArrayList<>();
    Iterator<SyncItem> each = plan.orphans();
    while (each.hasNext() && lock.isHeld()) {
      group.add(each.next());
      if (group.size() == GROUP || !each.hasNext()) {
        delete(group, journal);
        deleted += group.size();
        group.clear();
      }
    }
    return deleted;
  }

  private static void delete(List<SyncItem> group, Journal journal) throws IOException {
    Storage storage = Storage.of(group.get(0).output());
    List<Location> files = new ArrayList<>();
    for (SyncItem item : group) {
      files.add(item.output());
      files.add(Sidecar.of(item.output()));
    }
    for (SyncItem item : group) {
      storage.requireInside(item.folder(), item.output());
    }
    storage.deleteFiles(files);
    journal.forget(group);
  }
}
