package io.reverie.core.network;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The names that a mistyped one may have meant. */
final class Nearest {

  private Nearest() {}

  /** The few names with the least edits from the wanted one, letter case aside; nearest first. */
  static List<String> of(Collection<String> names, String wanted, int count) {
    String lower = wanted.toLowerCase(Locale.ROOT);
    return names.stream()
        .sorted(Comparator.comparingInt(name -> edits(lower, name.toLowerCase(Locale.ROOT))))
        .limit(count)
        .toList();
  }

  /** Levenshtein's distance: how many letters to put in, leave out or change. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
