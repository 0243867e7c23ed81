package io.reverie.core.text;

/**
 * The Levenshtein distance. Only the first 200 characters are compared, which bounds the time; each
 * further character of the longer text counts as one edit.
 */
public final class EditDistance {

  private static final int COMPARED = 200;

  private EditDistance() {}

  /** Returns the distance, at most the length of the longer text. */
  public static int between(String a, String b) {
    int excess = Math.max(0, Math.max(a.length(), b.length()) - COMPARED);
    return excess + levenshtein(prefix(a), prefix(b));
  }

  private static String prefix(String text) {
    return text.substring(0, Math.min(text.length(), COMPARED));
  }

  private static int levenshtein(String a, String b) {
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
