package io.reverie.video.header;

import java.io.IOException;

/** A file that no decoder is given; the message continues a sentence that begins with its name. */
public final class HeaderException extends IOException {

  private static final long serialVersionUID = 1L;

  HeaderException(String message) {
    super(message);
  }

  static HeaderException damaged() {
    return new HeaderException(
        "is not an image that can be read (PNG, JPEG, WebP or TIFF); it may be damaged");
  }

  static HeaderException damaged(IOException cause) {
    HeaderException damaged = damaged();
    damaged.initCause(cause);
    return damaged;
  }
}
