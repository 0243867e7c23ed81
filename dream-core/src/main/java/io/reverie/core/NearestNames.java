package io.reverie.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** The names that a mistyped one may have meant. */
public final class NearestNames {

  private static final int SHOWN = 5;

  private NearestNames() {}

  /** The few names with the least edits from the wanted one, letter case aside; nearest first. */
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
