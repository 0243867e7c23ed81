package io.reverie.video.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.reverie.video.header.Samples.Alpha;
import io.reverie.video.header.Samples.Model;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Reads the attributes of an OpenEXR file: its size is that of the larger of its two windows. */
final class ExrHeader {

  private static final int ATTRIBUTES = 8;
  private static final int LONGEST_NAME = 256;
  private static final int MOST_ATTRIBUTES = 10_000;

  private ExrHeader() {}

  static StillHeader of(HeaderBytes in) throws IOException {
    in.littleEndian();
    long at = ATTRIBUTES;
    long width = 0;
    long height = 0;
    Set<String> channels = new HashSet<>();
    for (int i = 0; i < MOST_ATTRIBUTES; i++) {
      String name = text(in, at);
      if (name.isEmpty()) {
        break;
      }
      at += name.length() + 1;
      at += text(in, at).length() + 1;
      long length = in.u32(at);
      at += 4;
      if (name.equals("dataWindow") || name.equals("displayWindow")) {
        width = Math.max(width, (int) in.u32(at + 8) - (long) (int) in.u32(at) + 1);
        height = Math.max(height, (int) in.u32(at + 12) - (long) (int) in.u32(at + 4) + 1);
      } else if (name.equals("channels")) {
        channels = channels(in, at, at + length);
      }
      at += length;
    }
    Model model = channels.contains("Y") && !channels.contains("R") ? Model.GREY : Model.RGB;
    Alpha alpha = channels.contains("A") ? Alpha.PREMULTIPLIED : Alpha.NONE;
    return new StillHeader(
        StillKind.OPEN_EXR, width, height, new Samples(model, alpha, 32, true), 1, 0);
  }

  private static Set<String> channels(HeaderBytes in, long from, long end) throws IOException {
    Set<String> names = new HashSet<>();
    for (long at = from; at < end && names.size() < MOST_ATTRIBUTES; at += 16) {
      String name = text(in, at);
      if (name.isEmpty()) {
        break;
      }
      names.add(name);
      at += name.length() + 1;
    }
    return names;
  }

  private static String text(HeaderBytes in, long at) throws IOException {
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
