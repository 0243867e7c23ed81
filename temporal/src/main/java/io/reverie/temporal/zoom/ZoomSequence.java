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
 * The frames of a zoom: first the dream of an image, then endlessly the previous frame, moved by
 * the camera, dreamed again, and corrected to its tone. Without the correction frames would drift
 * to black and white.
 */
public final class ZoomSequence {

  private final Image original;
  private final Optional<Tone> tone;
  private final IntFunction<ZoomFrame> settings;
  private Optional<State> state = Optional.empty();

  /**
   * Everything that the next frame depends on.
   *
   * @param frames number of frames so far
   * @param last the last frame
   * @param tone the tone to keep
   * @param steps of the ascents so far
   * @param zeroSteps of these, steps that found no gradient
   */
  public record State(int frames, Image last, Tone tone, long steps, long zeroSteps) {
    public State {
      if (frames < 0 || zeroSteps < 0 || zeroSteps > steps) {
        throw new IllegalArgumentException(
            "a zoom cannot have %d frames and %d of %d steps without a gradient"
                .formatted(frames, zeroSteps, steps));
      }
    }

    /** Writes the state bit by bit in big-endian order. */
    public void write(OutputStream out) throws IOException {
      DataOutputStream data = new DataOutputStream(out);
      data.writeInt(frames);
      data.writeLong(steps);
      data.writeLong(zeroSteps);
      tone.write(data);
      ByteBuffer bytes = ByteBuffer.allocate(last.rgb().length * Float.BYTES);
      bytes.asFloatBuffer().put(last.rgb());
      data.write(bytes.array());
      data.flush();
    }

    /**
     * Reads a state.
     *
     * @param size of the frames
     */
    public static State read(InputStream in, Size size) throws IOException {
      DataInputStream data = new DataInputStream(in);
      int frames = data.readInt();
      long steps = data.readLong();
      long zeroSteps = data.readLong();
      Tone tone = Tone.read(data, ToneBands.count(size));
      float[] rgb = new float[size.height() * size.width() * 3];
      ByteBuffer.wrap(data.readNBytes(rgb.length * Float.BYTES)).asFloatBuffer().get(rgb);
      return new State(frames, new Image(size, rgb), tone, steps, zeroSteps);
    }
  }

  /**
   * Starts a zoom.
   *
   * @param tone the tone to keep; that of the first frame if empty
   * @param settings settings by frame number, from 0
   */
  public ZoomSequence(Image original, Optional<Tone> tone, IntFunction<ZoomFrame> settings) {
    this.original = original;
    this.tone = tone;
    this.settings = settings;
  }

  /** Returns the state after the last frame; fails before the first one. */
  public State state() {
    return state.orElseThrow();
  }

  /** Continues from a state. */
  public void resume(State before) {
    state = Optional.of(before);
  }

  /**
   * Dreams the next frame, at the size of the original.
   *
   * @throws DreamException if no step finds a gradient in the first frame
   */
  public Image next() {
    State next = state.map(this::following).orElseGet(this::first);
    state = Optional.of(next);
    return next.last();
  }

  private State first() {
    ZoomFrame frameSettings = settings.apply(0);
    Dream dream = frameSettings.dreamer().dream(original, frameSettings.dreamSize(), 0);
    return new State(
        1,
        dream.image(),
        tone.orElseGet(() -> Tone.of(dream.image())),
        dream.steps(),
        dream.zeroSteps());
  }

  private State following(State before) {
    ZoomFrame frameSettings = settings.apply(before.frames());
    Image moved = moved(before.last(), frameSettings.camera());
    Dream dream = dream(moved, frameSettings, before.frames());
    Image shown =
        dream.image().size().equals(moved.size())
            ? dream.image()
            : dream.residual().addTo(moved, frameSettings.dreamer().spec().strength());
    return new State(
        before.frames() + 1,
        before.tone().pull(shown, frameSettings.toneCorrection()),
        before.tone(),
        before.steps() + dream.steps(),
        before.zeroSteps() + dream.zeroSteps());
  }

  private static Image moved(Image image, CameraMotion camera) {
    Size size = image.size();
    float[] rgb =
        camera.move(image.rgb(), 3, size.width(), size.height(), CameraMotion.Edge.MIRRORED);
    return new Image(size, rgb);
  }

  private static Dream dream(Image moved, ZoomFrame frameSettings, int frame) {
    Image small = Dreamer.sized(moved, frameSettings.dreamSize());
    Residual bare = new Residual(small.size(), new float[small.rgb().length]);
    WarmStart warmStart = new WarmStart(bare, frameSettings.iterations(), Optional.empty());
    return frameSettings.dreamer().dream(small, frame, Optional.of(warmStart));
  }
}
