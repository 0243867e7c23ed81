package io.reverie.video.assemble;

import io.reverie.video.MediaException;

/** The index of a file may not have fitted into the space in front of the packets. */
final class ShortReserveException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ShortReserveException(MediaException cause) {
    super(cause.getMessage(), cause);
  }
}
