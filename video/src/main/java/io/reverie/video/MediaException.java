package io.reverie.video;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A media file that cannot be read or written, told to the user in one sentence. */
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

  /** The same for what the content itself is to blame for. */
  public static MediaException lasting(String message, @Nullable Throwable cause) {
    return new MediaException(true, message, cause);
  }

  /** The same with a file under the name that the user gave it. */
  public MediaException naming(String name, Path file) {
    return new MediaException(lasting, getMessage().replace(file.toString(), name), getCause());
  }

  /** Whether the same files must fail in the same way, whatever is free or reachable then. */
  public boolean isLasting() {
    return lasting;
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
