package io.reverie.core.pickle;

/** Values whose content nothing needs. */
public enum Inert {
  /** Python's None. */
  NONE,
  /** Bytes, which are skipped. */
  BYTES,
  /** What a known function would have made. */
  OBJECT
}
