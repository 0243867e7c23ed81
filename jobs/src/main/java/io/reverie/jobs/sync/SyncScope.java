package io.reverie.jobs.sync;

/**
 * Which results a sync looks at.
 *
 * @param check whether to list all results in any case
 * @param delete whether to delete results whose inputs are gone
 */
public record SyncScope(boolean check, boolean delete) {

  /** Lists results if that is cheap or overdue, and deletes none. */
  public static final SyncScope DEFAULT = new SyncScope(false, false);
}
