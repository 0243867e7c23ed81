package io.reverie.jobs.run;

/** What a run does with dreams that outlast it. */
public enum KeptDreamUse {
  /** Dreams everything itself, as who checks a result must. */
  IGNORE,
  /** Takes those that it finds. */
  USE,
  /** Takes those that it finds, and leaves its own. */
  KEEP
}
