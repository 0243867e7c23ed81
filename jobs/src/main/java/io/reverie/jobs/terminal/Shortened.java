package io.reverie.jobs.terminal;

/** Text without its middle where it is too long to read. */
public final class Shortened {

  private static final int NAME = 100;

  /** Names with their paths are at most this long, and sentences name more than one thing. */
  private static final int SENTENCE = 4000;

  /** What takes no time to search. */
  private static final int PAGE = 20_000;

  private Shortened() {}

  /** Of a key or a name that a sentence is about. */
  public static String name(String name) {
    return to(name, NAME);
  }

  /** Of all that is told of one thing. */
  public static String sentence(String text) {
    return to(text, SENTENCE);
  }

  static String page(String text) {
    return to(text, PAGE);
  }

  private static String to(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    // The end has the remedy, and of a path the name.
    int head = whole(text, longest * 3 / 5);
    int tail = whole(text, text.length() - longest / 4);
    return "%s[...%d characters...]%s"
        .formatted(text.substring(0, head), tail - head, text.substring(tail));
  }

  /** Not between the halves of a character. */
  private static int whole(String text, int at) {
    boolean between =
        Character.isLowSurrogate(text.charAt(at)) && Character.isHighSurrogate(text.charAt(at - 1));
    return between ? at - 1 : at;
  }
}
