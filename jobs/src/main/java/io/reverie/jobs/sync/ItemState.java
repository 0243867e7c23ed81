package io.reverie.jobs.sync;

/** How an input stands before a run. */
enum ItemState {
  /** Of no concern to this run. */
  EXCLUDED,
  /** Its result is there, of these bytes and this recipe. */
  DONE,
  /** Changed a moment ago: it may still be uploaded. */
  YOUNG,
  /** Failed too often. */
  QUARANTINED,
  /** To be dreamed. */
  DUE
}
