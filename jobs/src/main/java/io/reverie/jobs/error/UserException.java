package io.reverie.jobs.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A mistake of the user's, told in one sentence that names the thing and the remedy. */
public final class UserException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Who can mend it, which decides the exit code. */
  public enum Kind {
    /** A wrong option, key or value, wherever it stands. */
    USAGE,
    /** An input, an output or a network that is not as it should be. */
    ENVIRONMENT
  }

  private final Kind kind;

  private UserException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public static UserException usage(String message) {
    return new UserException(Kind.USAGE, message, null);
  }

  public static UserException usage(String message, Throwable cause) {
    return new UserException(Kind.USAGE, message, cause);
  }

  public static UserException environment(String message) {
    return new UserException(Kind.ENVIRONMENT, message, null);
  }

  public static UserException environment(String message, Throwable cause) {
    return new UserException(Kind.ENVIRONMENT, message, cause);
  }

  public Kind kind() {
    return kind;
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
