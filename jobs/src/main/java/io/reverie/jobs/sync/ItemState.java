package io.reverie.jobs.sync;

/** The state of an input before a run. */
enum ItemState {
  /** Excluded by the user's globs. */
  EXCLUDED,
  /** A result of the same input and settings exists. */
  DONE,
  /** Modified so recently that it may still be uploading. */
  YOUNG,
  /** Failed as often as the settings allow. */
  QUARANTINED,
  DUE,
  /** No input: a result that Reverie made of one that is gone. */
  ORPHAN
}
