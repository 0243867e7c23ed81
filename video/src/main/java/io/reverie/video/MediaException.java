package io.reverie.video;

/** A media file that cannot be read or written, told to the user in one sentence. */
public final class MediaException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public MediaException(String message) {
    super(message);
  }

  public MediaException(String message, Throwable cause) {
    super(message, cause);
  }
}
