package io.reverie.jobs.page;

import io.reverie.jobs.terminal.Escaper;
import java.io.IOException;

/** A piece of a page. Every text is escaped here; there is no way to add markup as a string. */
public sealed interface Html permits Element, Html.Text, Html.Picture, Html.Video {

  /** Writes the markup. */
  void write(Appendable page) throws IOException;

  /** Characters that the reader sees, invisible ones in an escaped form. */
  record Text(String text) implements Html {
    @Override
    public void write(Appendable page) throws IOException {
      page.append(escaped(text));
    }
  }

  /**
   * A picture whose bytes are in the page.
   *
   * @param width in pixels, so that the page does not move while it loads
   * @param alternative text for those who cannot see it
   */
  record Picture(PictureBytes bytes, int width, int height, String alternative) implements Html {
    public Picture {
      if (width < 1 || height < 1) {
        throw new IllegalArgumentException(
            "a picture cannot have %d x %d px".formatted(width, height));
      }
    }

    @Override
    public void write(Appendable page) throws IOException {
      page.append("<img width=\"").append(Integer.toString(width));
      page.append("\" height=\"").append(Integer.toString(height));
      page.append("\" decoding=\"async\" alt=\"").append(escaped(alternative));
      page.append("\" src=\"");
      bytes.writeUri(page);
      page.append("\">");
    }
  }

  /**
   * A short silent film whose bytes are in the page.
   *
   * @param mp4 the file
   * @param alternative text for browsers that do not play it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Video(byte[] mp4, int width, int height, String alternative) implements Html {
    public Video {
      if (width < 1 || height < 1) {
        throw new IllegalArgumentException(
            "a video cannot have %d x %d px".formatted(width, height));
      }
    }

    @Override
    public void write(Appendable page) throws IOException {
      page.append("<video controls loop muted playsinline width=\"");
      page.append(Integer.toString(width)).append("\" height=\"").append(Integer.toString(height));
      page.append("\" src=\"");
      PictureBytes.writeUri("video/mp4", mp4, page);
      page.append("\">").append(escaped(alternative)).append("</video>");
    }
  }

  static Html text(String text) {
    return new Text(text);
  }

  /** Escapes a text for use between tags and in quoted attributes. */
  static String escaped(String text) {
    String visible = Escaper.lines(text);
    StringBuilder all = new StringBuilder(visible.length() + 16);
    for (int i = 0; i < visible.length(); i++) {
      char c = visible.charAt(i);
      switch (c) {
        case '&' -> all.append("&amp;");
        case '<' -> all.append("&lt;");
        case '>' -> all.append("&gt;");
        case '"' -> all.append("&quot;");
        case '\'' -> all.append("&#39;");
        default -> all.append(c);
      }
    }
    return all.toString();
  }
}
