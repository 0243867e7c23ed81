package io.reverie.temporal.zoom;

import io.reverie.core.DreamException;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.WarmStart;
import io.reverie.core.dream.image.Residual;
import io.reverie.video.motion.CameraMotion;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The frames of a dive, one after the other: the dream of a picture, then for ever the frame
 * before, moved by the camera, dreamed on, and brought back to its tone, or each would run to black
 * and white.
 */
public final class ZoomSequence {

  private final Image original;
  private final Optional<Tone> tone;
  private final IntFunction<ZoomFrame> settings;
  private Optional<State> state = Optional.empty();

  /**
   * All that the next frame depends on.
   *
   * @param frames that there have been
   * @param last of them
   * @param tone that is held
   */
  public record State(int frames, Image last, Tone tone) {

    /** Writes it, to the last bit; all big-endian. */
    public void write(OutputStream out) throws IOException {
      DataOutputStream data = new DataOutputStream(out);
      data.writeInt(frames);
      tone.write(data);
      ByteBuffer bytes = ByteBuffer.allocate(last.rgb().length * Float.BYTES);
      bytes.asFloatBuffer().put(last.rgb());
      data.write(bytes.array());
      data.flush();
    }

    /**
     * Reads it back.
     *
     * @param size of the frames
     */
    public static State read(InputStream in, Size size) throws IOException {
      DataInputStream data = new DataInputStream(in);
      int frames = data.readInt();
      Tone tone = Tone.read(data, ToneBands.count(size));
      float[] rgb = new float[size.height() * size.width() * 3];
      ByteBuffer.wrap(data.readNBytes(rgb.length * Float.BYTES)).asFloatBuffer().get(rgb);
      return new State(frames, new Image(size, rgb), tone);
    }
  }

  /**
   * Begins a dive.
   *
   * @param tone to be held; that of the first frame if empty
   * @param settings of each frame, from 0
   */
  public ZoomSequence(Image original, Optional<Tone> tone, IntFunction<ZoomFrame> settings) {
    this.original = original;
    this.tone = tone;
    this.settings = settings;
  }

  /** What there is to go on from, behind the first frame. */
  public State state() {
    return state.orElseThrow();
  }

  /** Goes on from such a state. */
  public void resume(State before) {
    state = Optional.of(before);
  }

  /**
   * The next frame, of the original's size.
   *
   * @throws DreamException if nothing grows in the first one
   */
  public Image next() {
    State now = state.map(this::deeper).orElseGet(this::first);
    state = Optional.of(now);
    return now.last();
  }

  private State first() {
    ZoomFrame now = settings.apply(0);
    Image dream = now.dreamer().dream(original, now.dreamSize(), 0).image();
    return new State(1, dream, tone.orElseGet(() -> Tone.of(dream)));
  }

  private State deeper(State before) {
    ZoomFrame now = settings.apply(before.frames());
    Image moved = moved(before.last(), now.camera());
    Image dream = dream(moved, now, before.frames());
    return new State(
        before.frames() + 1, before.tone().pull(dream, now.toneCorrection()), before.tone());
  }

  private static Image moved(Image image, CameraMotion camera) {
    Size size = image.size();
    float[] rgb =
        camera.move(image.rgb(), 3, size.width(), size.height(), CameraMotion.Edge.MIRRORED);
    return new Image(size, rgb);
  }

  private Image dream(Image moved, ZoomFrame now, int frame) {
    Image small = Dreamer.sized(moved, now.dreamSize());
    Residual bare = new Residual(small.size(), new float[small.rgb().length]);
    WarmStart head = new WarmStart(bare, now.iterations(), Optional.empty());
    Dream dream = now.dreamer().dream(small, frame, Optional.of(head));
    return small.size().equals(moved.size())
        ? dream.image()
        : dream.residual().over(moved, now.dreamer().spec().strength());
  }
}
