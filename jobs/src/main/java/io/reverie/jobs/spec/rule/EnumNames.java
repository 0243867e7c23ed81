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

  /** Returns the names of all constants. */
  public static List<String> names(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> name((Enum<?>) constant))
        .toList();
  }

  /** Some constants as a choice, such as {@code l2, mean or neuron}; at least one. */
  public static String either(List<? extends Enum<?>> constants) {
    List<String> names = constants.stream().map(EnumNames::name).toList();
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }

  public static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
