package io.reverie.jobs.run;

/** What a run does with dreams that are kept beyond a run. */
public enum KeptDreamUse {
  /** Neither uses nor keeps any; a check of a result must dream everything. */
  IGNORE,
  /** Uses those that earlier runs kept. */
  USE,
  /** Uses those that earlier runs kept, and keeps its own. */
  KEEP
}
