package io.reverie.core.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** Suggests existing names for a mistyped one. */
public final class NearestNames {

  private static final int SHOWN = 5;

  private NearestNames() {}

  /**
   * Returns the five names with the smallest edit distance to the wanted one, nearest first,
   * ignoring case.
   */
  public static String of(Collection<String> names, String wanted) {
    String lower = wanted.toLowerCase(Locale.ROOT);
    return names.stream()
        .sorted(
            Comparator.comparingInt(
                name -> EditDistance.between(lower, name.toLowerCase(Locale.ROOT))))
        .limit(SHOWN)
        .collect(Collectors.joining(", "));
  }
}
