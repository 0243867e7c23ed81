package io.reverie.video.icc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * Makes ICC profiles (version 2, matrix and curve) for colours that a file describes in another
 * way: by numbers of ISO/IEC 23091-2, or by chromaticities and a gamma.
 */
public final class GeneratedProfile {

  private static final int HEADER = 128;
  private static final int CURVE_POINTS = 1024;
  private static final int LINEAR = 8;
  private static final double[] D50 = {0.9642, 1, 0.8249};

  private GeneratedProfile() {}

  /**
   * Makes the profile of code points; video's curves count as sRGB's, as in viewers.
   *
   * @param primaries code point of the primaries, 2 for unspecified
   * @param transfer code point of the transfer characteristics
   * @return empty for sRGB, and for code points that no such profile can express, as PQ and HLG
   */
  public static Optional<IccProfile> of(int primaries, int transfer) {
    return switch (transfer) {
      case 4 -> of(primaries, gamma(2.2));
      case 5 -> of(primaries, gamma(2.8));
      case LINEAR -> of(primaries, gamma(1));
      case 1, 2, 6, 13, 14, 15 -> of(primaries, GeneratedProfile::srgbToLinear);
      default -> Optional.empty();
    };
  }

  private static Optional<IccProfile> of(int code, DoubleUnaryOperator toLinear) {
    return Primaries.of(code).flatMap(primaries -> of(primaries, toLinear));
  }

  /**
   * Makes a profile from chromaticities.
   *
   * @param xy x and y of red, green, blue and white; empty for those of sRGB
   * @param gamma exponent from stored values to light; 0 for the curve of sRGB
   * @return empty for sRGB and for impossible chromaticities
   */
  public static Optional<IccProfile> of(Optional<double[]> xy, double gamma) {
    return of(
        xy.map(Primaries::new).orElse(Primaries.BT709),
        gamma > 0 ? gamma(gamma) : GeneratedProfile::srgbToLinear);
  }

  /**
   * Makes a grey profile.
   *
   * @param gamma exponent from stored values to light; 0 for the curve of sRGB
   * @return empty for the curve of sRGB
   */
  public static Optional<IccProfile> grey(double gamma) {
    List<Tag> tags = head();
    tags.add(new Tag("kTRC", curve(gamma(gamma))));
    return gamma > 0 ? IccProfile.of(bytes("GRAY", tags)) : Optional.empty();
  }

  private static DoubleUnaryOperator gamma(double gamma) {
    return value -> Math.pow(value, gamma);
  }

  /** The curve of IEC 61966-2-1. */
  static double srgbToLinear(double value) {
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  private static Optional<IccProfile> of(Primaries primaries, DoubleUnaryOperator toLinear) {
    try {
      return IccProfile.of(bytes(primaries.toD50(), toLinear)).filter(made -> !made.isSrgb());
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  private record Tag(String name, byte[] content) {}

  private static byte[] bytes(double[][] rgb, DoubleUnaryOperator toLinear) {
    byte[] curve = curve(toLinear);
    List<Tag> tags = head();
    for (int i = 0; i < 3; i++) {
      char colour = "rgb".charAt(i);
      tags.add(new Tag(colour + "XYZ", xyz(new double[] {rgb[0][i], rgb[1][i], rgb[2][i]})));
      tags.add(new Tag(colour + "TRC", curve));
    }
    return bytes("RGB ", tags);
  }

  private static List<Tag> head() {
    List<Tag> tags = new ArrayList<>();
    tags.add(new Tag("desc", description("colours of the source")));
    tags.add(new Tag("cprt", text("no copyright, use freely")));
    tags.add(new Tag("wtpt", xyz(D50)));
    return tags;
  }

  private static byte[] bytes(String space, List<Tag> tags) {
    int size = HEADER + 4 + 12 * tags.size();
    for (Tag tag : tags) {
      size += even(tag.content.length);
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    out.putInt(size).putInt(0).putInt(0x02400000).put(ascii("mntr" + space + "XYZ "));
    out.putShort((short) 2026).putShort((short) 1).putShort((short) 1).position(36);
    out.put(ascii("acsp")).position(68);
    fixed(out, D50);
    out.position(HEADER).putInt(tags.size());
    int at = HEADER + 4 + 12 * tags.size();
    for (Tag tag : tags) {
      out.put(ascii(tag.name)).putInt(at).putInt(tag.content.length).put(at, tag.content);
      at += even(tag.content.length);
    }
    return out.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  /** Tags start at multiples of four. */
  private static int even(int length) {
    return (length + 3) / 4 * 4;
  }

  private static byte[] description(String text) {
    ByteBuffer out = ByteBuffer.allocate(12 + text.length() + 1 + 78);
    return out.put(ascii("desc")).putInt(0).putInt(text.length() + 1).put(ascii(text)).array();
  }

  private static byte[] text(String text) {
    return ByteBuffer.allocate(8 + text.length() + 1)
        .put(ascii("text"))
        .putInt(0)
        .put(ascii(text))
        .array();
  }

  private static byte[] xyz(double[] xyz) {
    ByteBuffer out = ByteBuffer.allocate(20).put(ascii("XYZ ")).putInt(0);
    fixed(out, xyz);
    return out.array();
  }

  private static void fixed(ByteBuffer out, double[] numbers) {
    for (double number : numbers) {
      out.putInt((int) Math.round(number * 65536));
    }
  }

  private static byte[] curve(DoubleUnaryOperator toLinear) {
    ByteBuffer out = ByteBuffer.allocate(12 + 2 * CURVE_POINTS);
    out.put(ascii("curv")).putInt(0).putInt(CURVE_POINTS);
    for (int i = 0; i < CURVE_POINTS; i++) {
      double linear = toLinear.applyAsDouble((double) i / (CURVE_POINTS - 1));
      out.putShort((short) Math.round(linear * 65535));
    }
    return out.array();
  }
}
