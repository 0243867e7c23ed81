package io.reverie.jobs.storage;

import java.io.Serializable;

/**
 * A part of the keys below a folder, in their order. The parts of a folder are disjoint and cover
 * all keys, whatever their bounds are.
 *
 * @param after key that all keys of the part follow; empty for the first part
 * @param last key that none of the part follows; empty for the last part
 */
public record ListingRange(String after, String last) implements Serializable {

  /** The whole folder. */
  public static final ListingRange ALL = new ListingRange("", "");
}
