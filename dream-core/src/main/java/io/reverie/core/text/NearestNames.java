package io.reverie.core.text;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Suggests existing names for a mistyped one, ignoring case. */
public final class NearestNames {

  private static final int SHOWN = 5;

  /** Shorter texts resemble too many names. */
  private static final int SHORTEST = 3;

  private NearestNames() {}

  /** Returns the five names with the smallest edit distance to the wanted one, nearest first. */
  public static String of(Collection<String> names, String wanted) {
    return names.stream()
        .sorted(Comparator.comparingInt(name -> distance(name, wanted)))
        .limit(SHOWN)
        .collect(Collectors.joining(", "));
  }

  /**
   * Returns the name that was probably meant: the nearest of those that begin with the wanted text,
   * have the same letters, or differ from it in few.
   */
  public static Optional<String> meant(Collection<String> names, String wanted) {
    if (wanted.length() < SHORTEST) {
      return Optional.empty();
    }
    String lower = lower(wanted);
    return names.stream()
        .filter(name -> isNear(lower(name), lower))
        .min(Comparator.comparingInt(name -> distance(name, wanted)));
  }

  /** Returns the name that was probably meant as a question in parentheses, after a space. */
  public static String question(Collection<String> names, String wanted) {
    return meant(names, wanted).map(" (did you mean '%s'?)"::formatted).orElse("");
  }

  private static boolean isNear(String name, String wanted) {
    int distance = EditDistance.between(wanted, name);
    boolean swapped = distance <= 2 && Arrays.equals(sorted(name), sorted(wanted));
    return name.startsWith(wanted) || swapped || distance <= Math.max(1, (wanted.length() + 1) / 4);
  }

  private static int[] sorted(String text) {
    return text.chars().sorted().toArray();
  }

  private static int distance(String name, String wanted) {
    return EditDistance.between(lower(wanted), lower(name));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
