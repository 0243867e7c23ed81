package io.reverie.jobs.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
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
    String key =
        e instanceof JsonMappingException mapping
            ? mapping.getPath().stream()
                .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
                .collect(Collectors.joining("."))
            : "";
    if (e instanceof InvalidFormatException wrong) {
      return "%s must be %s, not '%s'"
          .formatted(key, kind(wrong.getTargetType()), wrong.getValue());
    }
    return "%s: %s".formatted(key, e.getOriginalMessage());
  }

  private static String kind(Class<?> type) {
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    return type == boolean.class ? "true or false" : "a whole number";
  }
}
