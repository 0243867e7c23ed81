package io.reverie.video.note;

/**
 * What a file tells of how it was made.
 *
 * @param program that made it, as other programs may show it
 * @param text a JSON object whose first key is {@code reverie}, in ASCII, which every container
 *     keeps as it is
 */
public record Note(String program, String text) {

  private static final String MARK = "{\"reverie\":";

  public Note {
    if (!isNote(text) || !text.chars().allMatch(c -> c >= ' ' && c < 0x80)) {
      throw new IllegalArgumentException("no note: " + text);
    }
  }

  /** Whether a text found in a file is a note's. */
  public static boolean isNote(String text) {
    return text.startsWith(MARK);
  }
}
