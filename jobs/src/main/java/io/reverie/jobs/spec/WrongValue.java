package io.reverie.jobs.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.reverie.core.DreamException;
import io.reverie.jobs.UserException;
import java.util.stream.Collectors;

/** What to tell the user about a value that does not fit its key. */
final class WrongValue {

  private WrongValue() {}

  static String sentence(JsonProcessingException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof DreamException || cause instanceof UserException) {
        return cause.getMessage();
      }
    }
    String path =
        e instanceof JsonMappingException mapping
            ? mapping.getPath().stream()
                .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
                .collect(Collectors.joining("."))
            : "";
    return "%s: %s".formatted(path, e.getOriginalMessage());
  }
}
