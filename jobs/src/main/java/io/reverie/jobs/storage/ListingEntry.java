package io.reverie.jobs.storage;

import java.io.Serializable;

/** A file or a fault found by a listing. */
public sealed interface ListingEntry extends Serializable permits FileEntry, ListingFault {

  Location location();
}
