package io.reverie.jobs.spec.rule;

import io.reverie.core.text.NearestNames;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Enum constants as users write them: in lower case. */
public final class EnumNames {

  private EnumNames() {}

  /** Finds the constant of an enum type. */
  public static Optional<Enum<?>> find(Class<?> type, String text) {
    return Arrays.<Object>stream(type.getEnumConstants())
        .<Enum<?>>map(constant -> (Enum<?>) constant)
        .filter(constant -> name(constant).equals(text))
        .findFirst();
  }

  /** The error message for a value that is not one of the choices. */
  public static String invalid(String key, Class<?> type, String text) {
    return "invalid %s '%s'%s; expected one of %s"
        .formatted(key, text, NearestNames.question(names(type), text), list(type));
  }

  /** All choices, comma-separated. */
  public static String list(Class<?> type) {
    return String.join(", ", names(type));
  }

  /** All choices. */
  public static List<String> names(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> name((Enum<?>) constant))
        .toList();
  }

  public static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
