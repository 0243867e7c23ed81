package io.reverie.core.pickle;

/** Placeholders for values whose content is not needed. */
public enum OpaqueValue {
  /** Python's None. */
  NONE,
  /** A byte string, which was skipped. */
  BYTES,
  /** The result of a known function. */
  OBJECT
}
