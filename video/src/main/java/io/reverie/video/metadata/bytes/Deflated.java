package io.reverie.video.metadata.bytes;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Data compressed by zlib, whose inflated size is bounded. */
public final class Deflated {

  private static final int STEP = 1 << 14;

  private Deflated() {}

  /**
   * Inflates a stranger's data.
   *
   * @throws IllegalArgumentException if it is damaged or inflates to more than {@link
   *     ByteView#LONGEST}
   */
  public static byte[] inflate(byte[] deflated) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(deflated);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] some = new byte[STEP];
      while (!inflater.finished()) {
        int length = inflater.inflate(some);
        if (length == 0) {
          throw new IllegalArgumentException("truncated");
        }
        out.write(some, 0, length);
        if (out.size() > ByteView.LONGEST) {
          throw new IllegalArgumentException("inflates to more than allowed");
        }
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      throw new IllegalArgumentException(e);
    } finally {
      inflater.end();
    }
  }

  public static byte[] deflate(byte[] plain) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try {
      deflater.setInput(plain);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] some = new byte[STEP];
      while (!deflater.finished()) {
        out.write(some, 0, deflater.deflate(some));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }
}
