package io.reverie.video.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Image formats by their first bytes, whatever the file name: supported ones, and ones that are
 * rejected by name.
 */
public enum StillKind {
  PNG("PNG", true, "\u0089PNG\r\n\u001a\n"),
  JPEG("JPEG", true, "\u00ff\u00d8\u00ff"),
  WEBP("WebP", true, "RIFF....WEBP"),
  TIFF("TIFF", true, "II*\0", "MM\0*", "II+\0", "MM\0+"),
  GIF("GIF", true, "GIF87a", "GIF89a"),
  AVIF("AVIF", true, "....ftypavif", "....ftypavis"),
  HEIF("HEIC", true, "....ftyphei", "....ftyphev", "....ftypmif1", "....ftypmsf1"),
  JPEG_2000("JPEG 2000", false, "\0\0\0\u000cjP  ", "\u00ffO\u00ffQ"),
  JPEG_XL("JPEG XL", false, "\u00ff\n", "\0\0\0\u000cJXL "),
  OPEN_EXR("OpenEXR", true, "v/1\u0001"),
  RADIANCE("Radiance HDR", false, "#?RADIANCE", "#?RGBE"),
  PHOTOSHOP("Photoshop", false, "8BPS"),
  SUN_RASTER("Sun raster", false, "Y\u00a6j\u0095"),
  NETPBM("PPM", false, "P1", "P2", "P3", "P4", "P5", "P6", "P7", "PF", "Pf"),
  BMP("BMP", true, "BM....\0\0\0\0");

  /** The supported formats, for messages. */
  public static final String READABLE = "PNG, JPEG, WebP, TIFF, HEIC, AVIF, BMP, GIF or OpenEXR";

  /** Number of bytes that identify every format. */
  static final int LONGEST = 16;

  private static final char ANY = '.';

  private final String title;
  private final boolean read;

  /** An immutable list, which the checker does not recognise. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> signatures;

  StillKind(String title, boolean read, String... signatures) {
    this.title = title;
    this.read = read;
    this.signatures = List.of(signatures);
  }

  /**
   * Detects the format of a file.
   *
   * @param first first bytes of the file
   */
  static Optional<StillKind> of(byte[] first) {
    String begin = new String(first, ISO_8859_1);
    return Arrays.stream(values())
        .filter(kind -> kind.signatures.stream().anyMatch(s -> begins(begin, s)))
        .findFirst();
  }

  private static boolean begins(String begin, String signature) {
    if (begin.length() < signature.length()) {
      return false;
    }
    for (int i = 0; i < signature.length(); i++) {
      if (signature.charAt(i) != ANY && signature.charAt(i) != begin.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether the format is supported. */
  boolean isRead() {
    return read;
  }

  /** Returns the usual name of the format. */
  String title() {
    return title;
  }
}
