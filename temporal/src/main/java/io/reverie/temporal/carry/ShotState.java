package io.reverie.temporal.carry;

import io.reverie.core.Size;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Everything that the next frame of a shot depends on, bit by bit: another task on another machine
 * continues with identical frames.
 *
 * @param ages number of frames that each pixel has been visible, {@code height * width} values
 * @param measured number of measured frames
 * @param target strength of the shot
 * @param last the last keyframe; empty before the first one
 */
public record ShotState(
    int[] ages, int measured, StrengthTarget.State target, Optional<Last> last) {
  public ShotState {
    if (measured < 0) {
      throw new IllegalArgumentException("%d frames cannot be measured".formatted(measured));
    }
    last.ifPresent(l -> l.requirePixels(ages.length));
  }

  /**
   * The last keyframe; images are {@code height * width * 3} values.
   *
   * @param ascentLength of a frame dreamed alone with its settings, in grey levels
   * @param source at the size of the ascent
   * @param shown the dream as displayed
   * @param residual dream at full strength minus source
   * @param shares share of a lone dream's iterations that each pixel has received
   */
  record Last(
      boolean corrupt,
      ObjectiveShares objectives,
      double ascentLength,
      float[] source,
      float[] shown,
      float[] residual,
      float[] shares) {

    private void requirePixels(int pixels) {
      for (float[] image : List.of(source, shown, residual)) {
        requireLength(image, 3 * pixels);
      }
      requireLength(shares, pixels);
    }

    private static void requireLength(float[] values, int length) {
      if (values.length != length) {
        throw new IllegalArgumentException(
            "the state of a shot needs maps of %d values, not %d".formatted(length, values.length));
      }
    }
  }

  /** Writes the state in big-endian order, floats bit by bit. */
  public void write(DataOutputStream out) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(ages.length * Integer.BYTES);
    bytes.asIntBuffer().put(ages);
    out.write(bytes.array());
    out.writeInt(measured);
    out.writeDouble(target.strength());
    out.writeDouble(target.ascentLength());
    out.writeDouble(target.contrast());
    out.writeDouble(target.drift());
    out.writeInt(target.age());
    out.writeDouble(target.aim());
    out.writeBoolean(last.isPresent());
    if (last.isPresent()) {
      out.writeBoolean(last.get().corrupt());
      last.get().objectives().write(out);
      out.writeDouble(last.get().ascentLength());
      write(last.get().source(), out);
      write(last.get().shown(), out);
      write(last.get().residual(), out);
      write(last.get().shares(), out);
    }
  }

  private static void write(float[] values, DataOutputStream out) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    out.write(bytes.array());
  }

  /**
   * Reads a state.
   *
   * @param size size of the ascent
   */
  public static ShotState read(DataInputStream in, Size size) throws IOException {
    int places = size.height() * size.width();
    int[] ages = new int[places];
    ByteBuffer.wrap(in.readNBytes(places * Integer.BYTES)).asIntBuffer().get(ages);
    int measured = in.readInt();
    StrengthTarget.State target =
        new StrengthTarget.State(
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            in.readInt(),
            in.readDouble());
    Optional<Last> last =
        in.readBoolean()
            ? Optional.of(
                new Last(
                    in.readBoolean(),
                    ObjectiveShares.read(in),
                    in.readDouble(),
                    floats(in, 3 * places),
                    floats(in, 3 * places),
                    floats(in, 3 * places),
                    floats(in, places)))
            : Optional.empty();
    return new ShotState(ages, measured, target, last);
  }

  private static float[] floats(DataInputStream in, int count) throws IOException {
    float[] values = new float[count];
    ByteBuffer.wrap(in.readNBytes(count * Float.BYTES)).asFloatBuffer().get(values);
    return values;
  }
}
