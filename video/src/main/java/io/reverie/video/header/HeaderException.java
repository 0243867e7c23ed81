package io.reverie.video.header;

import java.io.IOException;

/**
 * Rejects a file before a decoder sees it. The message completes a sentence that starts with the
 * file's name.
 */
public final class HeaderException extends IOException {

  private static final long serialVersionUID = 1L;

  HeaderException(String message) {
    super(message);
  }

  static HeaderException damaged() {
    return new HeaderException(
        "is not a readable %s image; it may be damaged".formatted(StillKind.READABLE));
  }

  static HeaderException damaged(IOException cause) {
    HeaderException damaged = damaged();
    damaged.initCause(cause);
    return damaged;
  }
}
