package io.reverie.jobs.storage;

import java.io.Serializable;

/** Something that a listing comes upon. */
public sealed interface Listed extends Serializable permits Entry, ListingFault {

  /** Where it is. */
  Location location();
}
