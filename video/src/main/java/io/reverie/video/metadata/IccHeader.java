package io.reverie.video.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.reverie.video.metadata.bytes.ByteView;

/** The header of an ICC colour profile (ICC.1:2022, section 7.2). */
final class IccHeader {

  private static final int HEADER = 128;
  private static final int SPACE = 16;
  private static final int SIGNATURE = 36;
  private static final byte[] ACSP = "acsp".getBytes(ISO_8859_1);

  private IccHeader() {}

  /** Returns whether the header is one of a profile and its size is the given one. */
  static boolean isWhole(byte[] profile) {
    ByteView in = ByteView.of(profile);
    return profile.length > HEADER && in.has(SIGNATURE, ACSP) && in.u32(0) <= profile.length;
  }

  /** Returns whether pixels of one or three components may have this profile. */
  static boolean fits(byte[] profile, boolean grey) {
    String space = new String(profile, SPACE, 4, ISO_8859_1);
    return space.equals(grey ? "GRAY" : "RGB ");
  }
}
