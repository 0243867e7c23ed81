package io.reverie.jobs.terminal;

import java.util.function.IntPredicate;

/**
 * Escapes invisible characters as in JSON, such as {@code } or {@code \u202e}; JSON text stays
 * valid and keeps its meaning.
 */
public final class Escaper {

  private static final int CGJ = 0x34F;
  private static final int VARIATION_SELECTORS = 0xE0100;
  private static final int VARIATION_SELECTORS_END = 0xE01EF;

  private Escaper() {}

  /** Escapes everything invisible, line ends included. */
  public static String line(String text) {
    return escaped(text, Escaper::isHidden);
  }

  /** Escapes everything invisible except line ends and tabs. */
  public static String lines(String text) {
    return escaped(text, c -> c != '\n' && c != '\t' && isHidden(c));
  }

  private static String escaped(String text, IntPredicate hidden) {
    if (text.codePoints().noneMatch(hidden)) {
      return text;
    }
    StringBuilder all = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (hidden.test(c)) {
                for (char unit : Character.toChars(c)) {
                  all.append(escape(unit));
                }
              } else {
                all.appendCodePoint(c);
              }
            });
    return all.toString();
  }

  private static String escape(char unit) {
    return switch (unit) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> "\\u%04x".formatted((int) unit);
    };
  }

  /**
   * Returns whether a character is a control, a format such as a bidirectional override, a lone
   * surrogate, or an invisible letter.
   */
  static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> isInvisibleLetter(c);
    };
  }

  private static boolean isInvisibleLetter(int c) {
    return switch (c) {
      // Hangul fillers and the braille blank.
      case 0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800, CGJ -> true;
      default -> c >= VARIATION_SELECTORS && c <= VARIATION_SELECTORS_END;
    };
  }
}
