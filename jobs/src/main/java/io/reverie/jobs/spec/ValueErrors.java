package io.reverie.jobs.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.reverie.core.DreamException;
import io.reverie.core.text.EditDistance;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.rule.EnumNames;
import io.reverie.jobs.terminal.Shortener;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Error messages for values of the wrong type. */
public final class ValueErrors {

  private ValueErrors() {}

  static String sentence(JsonProcessingException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof DreamException || cause instanceof UserException) {
        return Objects.requireNonNull(cause.getMessage());
      }
    }
    String key = e instanceof JsonMappingException mapping ? key(mapping.getPath()) : "";
    if (e instanceof UnrecognizedPropertyException unknown) {
      List<String> known =
          unknown.getKnownPropertyIds().stream()
              .map(String::valueOf)
              .map(name -> sibling(key, name))
              .toList();
      return unknownKey(key, known);
    }
    if (e instanceof InvalidFormatException wrong && wrong.getTargetType().isEnum()) {
      return EnumNames.invalid(
          key, wrong.getTargetType(), Shortener.name(String.valueOf(wrong.getValue())));
    }
    if (e instanceof InvalidFormatException wrong) {
      return "%s must be %s, not '%s'"
          .formatted(
              key, kind(wrong.getTargetType()), Shortener.name(String.valueOf(wrong.getValue())));
    }
    return e instanceof MismatchedInputException wrong
        ? "%s must be %s".formatted(key, kind(wrong.getTargetType()))
        : "%s: %s".formatted(key, e.getOriginalMessage());
  }

  /** Suggests the most similar key. */
  public static String unknownKey(String key, Collection<String> known) {
    String nearest =
        known.stream()
            .min(Comparator.comparingInt(name -> EditDistance.between(key, name)))
            .orElseThrow();
    return "unknown key '%s'; did you mean '%s'?".formatted(Shortener.name(key), nearest);
  }

  /** Formats a path as {@code octaves.each[0].step}. */
  private static String key(List<Reference> path) {
    StringBuilder key = new StringBuilder();
    for (Reference part : path) {
      if (part.getFieldName() == null) {
        key.append('[').append(part.getIndex()).append(']');
      } else {
        key.append(key.isEmpty() ? "" : ".").append(part.getFieldName());
      }
    }
    return key.toString();
  }

  private static String sibling(String key, String name) {
    return key.substring(0, key.lastIndexOf('.') + 1) + name;
  }

  private static String kind(Class<?> type) {
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    if (type.isRecord()) {
      return "a group of keys";
    }
    if (type == String.class) {
      return "text";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list in brackets";
    }
    return type == boolean.class ? "true or false" : "a whole number";
  }
}
