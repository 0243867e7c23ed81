package io.reverie.temporal.carry;

import io.reverie.core.Size;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * All that the next frame of a shot depends on, to the last bit: another task, on another machine,
 * goes on with it as if nothing had happened.
 *
 * @param ages for how many frames each place has been seen, {@code height * width} values
 * @param measured how many frames were measured
 * @param target the strength that the shot is held at
 * @param last the frame before; empty if there was none
 */
public record ShotState(
    int[] ages, int measured, StrengthTarget.State target, Optional<Last> last) {

  /**
   * What is left of the frame before; pictures are {@code height * width * 3} values.
   *
   * @param source at the dream's size
   * @param shown the dream as it is seen
   * @param residual the dream at full strength minus the source
   * @param shares of a lone dream's iterations that each place has had
   */
  record Last(
      boolean corrupt,
      ObjectiveShares objectives,
      float[] source,
      float[] shown,
      float[] residual,
      float[] shares) {}

  /** Writes it; floats as they are, all big-endian. */
  public void write(DataOutputStream out) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(ages.length * Integer.BYTES);
    bytes.asIntBuffer().put(ages);
    out.write(bytes.array());
    out.writeInt(measured);
    out.writeDouble(target.strength());
    out.writeDouble(target.climb());
    out.writeDouble(target.contrast());
    out.writeDouble(target.drift());
    out.writeInt(target.age());
    out.writeBoolean(last.isPresent());
    if (last.isPresent()) {
      out.writeBoolean(last.get().corrupt());
      last.get().objectives().write(out);
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
   * Reads it back.
   *
   * @param size that the shot is dreamed at
   */
  public static ShotState read(DataInputStream in, Size size) throws IOException {
    int places = size.height() * size.width();
    int[] ages = new int[places];
    ByteBuffer.wrap(in.readNBytes(places * Integer.BYTES)).asIntBuffer().get(ages);
    int measured = in.readInt();
    StrengthTarget.State target =
        new StrengthTarget.State(
            in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble(), in.readInt());
    Optional<Last> last =
        in.readBoolean()
            ? Optional.of(
                new Last(
                    in.readBoolean(),
                    ObjectiveShares.read(in),
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
