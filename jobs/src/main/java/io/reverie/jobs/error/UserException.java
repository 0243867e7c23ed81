package io.reverie.jobs.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An invalid input or setting, reported in one sentence that names the value and the remedy. */
public final class UserException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Determines the exit code. */
  public enum Kind {
    /** An invalid option, key or value, on the command line or in a settings file. */
    USAGE,
    /** An invalid input, output or network. */
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
