package io.reverie.jobs.terminal;

/** Removes the middle of texts that are too long to read. */
public final class Shortener {

  private static final int NAME = 100;

  /** Long enough for a sentence that names several files with their paths. */
  private static final int SENTENCE = 4000;

  /** Short enough for regular expressions to run quickly. */
  private static final int PAGE = 20_000;

  private Shortener() {}

  /** For a key or a name that a sentence is about. */
  public static String name(String name) {
    return shortened(name, NAME);
  }

  /** For a complete message. */
  public static String sentence(String text) {
    return shortened(text, SENTENCE);
  }

  static String page(String text) {
    return shortened(text, PAGE);
  }

  private static String shortened(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    // Messages end with the remedy, and paths with the name.
    int head = splitPoint(text, longest * 3 / 5);
    int tail = splitPoint(text, text.length() - longest / 4);
    return "%s[...%d characters...]%s"
        .formatted(text.substring(0, head), tail - head, text.substring(tail));
  }

  /** Does not split a surrogate pair. */
  private static int splitPoint(String text, int at) {
    boolean between =
        Character.isLowSurrogate(text.charAt(at)) && Character.isHighSurrogate(text.charAt(at - 1));
    return between ? at - 1 : at;
  }
}
