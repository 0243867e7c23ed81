package io.reverie.core.protobuf;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reports a rejected message. The message completes a sentence and has no subject but "it". */
public final class MalformedProtobuf extends Exception {

  private static final long serialVersionUID = 1L;

  public MalformedProtobuf(String message) {
    super(message);
  }

  MalformedProtobuf(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
