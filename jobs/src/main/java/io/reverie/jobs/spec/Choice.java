package io.reverie.jobs.spec;

import io.reverie.jobs.error.UserException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A setting with few possible values, which are written in lower case. */
final class Choice {

  private Choice() {}

  /** The constant of an enum type that is written so. */
  static Optional<Enum<?>> find(Class<?> type, String text) {
    return Arrays.<Object>stream(type.getEnumConstants())
        .<Enum<?>>map(constant -> (Enum<?>) constant)
        .filter(constant -> name(constant).equals(text))
        .findFirst();
  }

  static <E extends Enum<E>> E of(String key, Class<E> type, String text) {
    return find(type, text)
        .map(type::cast)
        .orElseThrow(() -> UserException.usage(invalid(key, type, text)));
  }

  /** The sentence about a value that is none of those allowed. */
  static String invalid(String key, Class<?> type, String text) {
    return "%s must be %s, not '%s'"
        .formatted(
            key,
            Arrays.stream(type.getEnumConstants())
                .map(constant -> name((Enum<?>) constant))
                .collect(Collectors.joining(" or ")),
            text);
  }

  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
