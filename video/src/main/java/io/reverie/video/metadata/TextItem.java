package io.reverie.video.metadata;

/**
 * A text in a still.
 *
 * @param keyword as in PNG, such as {@code Author}; a JPEG's or GIF's comment is {@code Comment}
 */
public record TextItem(String keyword, String text) {

  /** The keyword of a text without one. */
  static final String COMMENT = "Comment";
}
