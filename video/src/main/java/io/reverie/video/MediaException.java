package io.reverie.video;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reports a media file that cannot be read or written. The message is one sentence for the user.
 */
public final class MediaException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean lasting;

  public MediaException(String message) {
    super(message);
    this.lasting = false;
  }

  public MediaException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.lasting = false;
  }

  private MediaException(boolean lasting, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.lasting = lasting;
  }

  /** Creates an exception whose cause is the content itself, so a retry cannot succeed. */
  public static MediaException lasting(String message, @Nullable Throwable cause) {
    return new MediaException(true, message, cause);
  }

  /** Returns a copy that replaces a local path in the message by the name that the user gave. */
  public MediaException naming(String name, Path file) {
    return saying(getMessage().replace(file.toString(), name));
  }

  /** Returns a copy with another message. */
  public MediaException saying(String message) {
    return new MediaException(lasting, message, getCause());
  }

  /** Returns whether the same files would always fail in the same way, whatever the environment. */
  public boolean isLasting() {
    return lasting;
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
