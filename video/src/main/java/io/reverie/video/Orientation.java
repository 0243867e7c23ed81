package io.reverie.video;

import java.io.Serializable;

/**
 * The transformation that turns decoded frames upright.
 *
 * @param filters FFmpeg filters, comma-separated; empty for none
 * @param transposes whether width and height are swapped
 */
public record Orientation(String filters, boolean transposes) implements Serializable {

  public static final Orientation UPRIGHT = new Orientation("", false);

  /**
   * Converts a display matrix (ISO/IEC 14496-12, 9 fixed-point numbers); angles other than quarter
   * turns are ignored.
   *
   * @param degrees counterclockwise, as computed by FFmpeg from the matrix
   */
  public static Orientation of(double degrees, int[] matrix) {
    int clockwise = Math.floorMod((int) Math.round(-degrees), 360);
    return switch (clockwise) {
      case 90 -> new Orientation(matrix[3] > 0 ? "transpose=cclock_flip" : "transpose=clock", true);
      case 270 ->
          new Orientation(matrix[3] < 0 ? "transpose=clock_flip" : "transpose=cclock", true);
      case 180 ->
          new Orientation(
              (matrix[0] < 0 ? "hflip" : "")
                  + (matrix[0] < 0 && matrix[4] < 0 ? "," : "")
                  + (matrix[4] < 0 ? "vflip" : ""),
              false);
      case 0 -> matrix[4] < 0 ? new Orientation("vflip", false) : UPRIGHT;
      default -> UPRIGHT;
    };
  }
}
