package io.reverie.core.text;

/** Numbers of things in messages. */
public final class Count {

  private Count() {}

  /**
   * Returns a number and its noun: {@code 1 frame}, {@code 2 frames}.
   *
   * @param noun in the singular; its plural ends with an s
   */
  public static String of(long number, String noun) {
    return "%d %s%s".formatted(number, noun, number == 1 ? "" : "s");
  }
}
