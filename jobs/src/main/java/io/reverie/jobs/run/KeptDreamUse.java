package io.reverie.jobs.run;

/** How a run uses kept dreams. */
public enum KeptDreamUse {
  /** Neither uses nor keeps any; a check of a result must dream everything. */
  IGNORE,
  /** Uses those that earlier runs kept. */
  USE,
  /** Uses those that earlier runs kept, and keeps its own. */
  KEEP
}
