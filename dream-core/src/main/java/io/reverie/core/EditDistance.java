package io.reverie.core;

/**
 * Levenshtein's: how many letters to insert, delete or replace. Only the beginnings of long texts
 * are compared, which takes bounded time; what is longer in one counts in full.
 */
public final class EditDistance {

  private static final int COMPARED = 200;

  private EditDistance() {}

  /** The distance, at most the length of the longer. */
  public static int between(String a, String b) {
    int over = Math.max(0, Math.max(a.length(), b.length()) - COMPARED);
    return over + exact(beginning(a), beginning(b));
  }

  private static String beginning(String text) {
    return text.substring(0, Math.min(text.length(), COMPARED));
  }

  private static int exact(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j < previous.length; j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replace, 1 + Math.min(previous[j], row[j - 1]));
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
