package io.reverie.video.still;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/** Makes uncompressed TIFFs with any tags of one short number. */
final class TiffMaker {

  private static final int ENTRY = 12;

  private final Map<Integer, Integer> tags = new TreeMap<>();
  private final int samples;
  private final byte[] pixels;

  /**
   * Begins a file.
   *
   * @param pixels the bytes of all samples, little-endian, interleaved
   */
  TiffMaker(int width, int height, int samples, int bits, byte[] pixels) {
    this.samples = samples;
    this.pixels = pixels;
    tag(256, width).tag(257, height).tag(258, bits).tag(259, 1).tag(273, 0).tag(277, samples);
    tag(278, height).tag(279, pixels.length);
  }

  TiffMaker tag(int number, int value) {
    tags.put(number, value);
    return this;
  }

  byte[] bytes() {
    int lists = 8 + 2 + tags.size() * ENTRY + 4;
    int data = lists + 16 * samples;
    ByteBuffer out = ByteBuffer.allocate(data + pixels.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {'I', 'I', 42, 0}).putInt(8).putShort((short) tags.size());
    int list = lists;
    for (Map.Entry<Integer, Integer> tag : tags.entrySet()) {
      int number = tag.getKey();
      // Bits and sample formats have one number for each sample.
      boolean each = number == 258 || number == 339;
      out.putShort((short) number).putShort((short) (number == 273 || number == 279 ? 4 : 3));
      if (each && samples > 2) {
        out.putInt(samples).putInt(list);
        for (int i = 0; i < samples; i++) {
          out.putShort(list + 2 * i, tag.getValue().shortValue());
        }
        list += 2 * samples;
      } else if (each && samples == 2) {
        out.putInt(2).putShort(tag.getValue().shortValue()).putShort(tag.getValue().shortValue());
      } else {
        out.putInt(1).putInt(number == 273 ? data : tag.getValue());
      }
    }
    return out.putInt(0).position(data).put(pixels).array();
  }
}
