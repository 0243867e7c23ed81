package io.reverie.core.network;

import io.reverie.core.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** The names that a mistyped one may have meant. */
final class Nearest {

  private static final int SHOWN = 5;

  private Nearest() {}

  /** The few names with the least edits from the wanted one, letter case aside; nearest first. */
  static String of(Collection<String> names, String wanted) {
    String lower = wanted.toLowerCase(Locale.ROOT);
    return names.stream()
        .sorted(
            Comparator.comparingInt(
                name -> EditDistance.between(lower, name.toLowerCase(Locale.ROOT))))
        .limit(SHOWN)
        .collect(Collectors.joining(", "));
  }
}
