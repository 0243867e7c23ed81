package io.reverie.video.header;

import io.reverie.video.header.ExrAttributes.Place;
import io.reverie.video.header.Samples.Alpha;
import io.reverie.video.header.Samples.Model;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the attributes of an OpenEXR file: its size is that of the larger of its two windows. */
public final class ExrHeader {

  private static final int MAX_CHANNELS = 10_000;
  private static final int CHROMATICITIES = 8;

  private ExrHeader() {}

  static StillHeader of(HeaderBytes in) throws IOException {
    ExrAttributes attributes = ExrAttributes.of(in);
    long width = 0;
    long height = 0;
    for (String window : List.of("dataWindow", "displayWindow")) {
      Place place = attributes.places().get(window);
      if (place != null) {
        long at = place.at();
        width = Math.max(width, (int) in.u32(at + 8) - (long) (int) in.u32(at) + 1);
        height = Math.max(height, (int) in.u32(at + 12) - (long) (int) in.u32(at + 4) + 1);
      }
    }
    Place list = attributes.places().get("channels");
    Set<String> channels =
        list == null ? Set.of() : channels(in, list.at(), list.at() + list.length());
    Model model = channels.contains("Y") && !channels.contains("R") ? Model.GREY : Model.RGB;
    Alpha alpha = channels.contains("A") ? Alpha.PREMULTIPLIED : Alpha.NONE;
    return new StillHeader(
        StillKind.OPEN_EXR, width, height, new Samples(model, alpha, 32, true), 1, 0);
  }

  private static Set<String> channels(HeaderBytes in, long from, long end) throws IOException {
    Set<String> names = new HashSet<>();
    for (long at = from; at < end && names.size() < MAX_CHANNELS; at += 16) {
      String name = ExrAttributes.text(in, at);
      if (name.isEmpty()) {
        break;
      }
      names.add(name);
      at += name.length() + 1;
    }
    return names;
  }

  /**
   * Reads the primaries and the white of a file's colours; moves the channel's position.
   *
   * @return x and y of red, green, blue and white; empty if the file does not say, which means
   *     BT.709
   */
  public static Optional<double[]> chromaticities(SeekableByteChannel exr) throws IOException {
    HeaderBytes in = new HeaderBytes(exr);
    Place place = ExrAttributes.of(in).places().get("chromaticities");
    if (place == null || place.length() != CHROMATICITIES * Float.BYTES) {
      return Optional.empty();
    }
    double[] xy = new double[CHROMATICITIES];
    for (int i = 0; i < xy.length; i++) {
      xy[i] = Float.intBitsToFloat((int) in.u32(place.at() + (long) i * Float.BYTES));
    }
    return Optional.of(xy);
  }
}
