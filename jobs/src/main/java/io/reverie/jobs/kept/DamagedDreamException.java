package io.reverie.jobs.kept;

/** A kept dream that cannot be read: it has to be dreamed again. */
public final class DamagedDreamException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DamagedDreamException(String message) {
    super(message);
  }

  DamagedDreamException(Exception cause) {
    super(cause);
  }
}
