package io.reverie.video.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The attributes of an OpenEXR file by their names; see <a
 * href="https://openexr.com/en/latest/OpenEXRFileLayout.html">the format</a>.
 *
 * @param places where their values are
 * @param end where the header ends
 */
record ExrAttributes(Map<String, Place> places, long end) {

  private static final int FIRST = 8;
  private static final int LONGEST_NAME = 256;
  private static final int MOST = 10_000;

  /**
   * A value.
   *
   * @param at position in the file
   * @param length in bytes, as announced
   */
  record Place(long at, long length) {}

  static ExrAttributes of(HeaderBytes in) throws IOException {
    in.littleEndian();
    Map<String, Place> places = new LinkedHashMap<>();
    long at = FIRST;
    for (int i = 0; i < MOST; i++) {
      String name = text(in, at);
      at += name.length() + 1;
      if (name.isEmpty()) {
        break;
      }
      at += text(in, at).length() + 1;
      long length = in.u32(at);
      at += 4;
      places.put(name, new Place(at, length));
      at += length;
    }
    return new ExrAttributes(places, at);
  }

  static String text(HeaderBytes in, long at) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int i = 0; i < LONGEST_NAME; i++) {
      int next = in.u8(at + i);
      if (next == 0) {
        return text.toString(ISO_8859_1);
      }
      text.write(next);
    }
    throw HeaderException.damaged();
  }
}
