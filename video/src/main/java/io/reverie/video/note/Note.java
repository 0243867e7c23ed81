package io.reverie.video.note;

/**
 * The record in a file of how it was made.
 *
 * @param program the creating program, as other programs display it
 * @param text an ASCII JSON object whose first key is {@code reverie}; every container keeps ASCII
 *     unchanged
 */
public record Note(String program, String text) {

  private static final String MARK = "{\"reverie\":";

  public Note {
    if (!isNote(text) || !text.chars().allMatch(c -> c >= ' ' && c < 0x80)) {
      throw new IllegalArgumentException("not a note: " + text);
    }
  }

  /** Returns whether a text in a file is a note. */
  public static boolean isNote(String text) {
    return text.startsWith(MARK);
  }
}
