package io.reverie.jobs.storage;

import java.io.IOException;

/** A store that cannot create a file on the condition that there is none. */
public final class UnsupportedCreationException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String reason;

  UnsupportedCreationException(Location file, String reason, Exception cause) {
    super(file + ": " + reason, cause);
    this.reason = reason;
  }

  /** What the store lacks, without the file's name. */
  public String reason() {
    return reason;
  }
}
