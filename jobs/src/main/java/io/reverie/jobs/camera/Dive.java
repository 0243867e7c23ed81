package io.reverie.jobs.camera;

import io.reverie.core.DreamException;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.HeadStart;
import io.reverie.core.dream.Residual;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.video.motion.Camera;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The frames of a dive, one after the other: the dream of a picture, then for ever the frame
 * before, moved by the camera, dreamed on, and brought back to its tone, or each would run to black
 * and white.
 */
public final class Dive {

  private final Image original;
  private final Optional<Tone> tone;
  private final Moments moments;
  private Optional<State> state = Optional.empty();

  /** What frames are dreamed with. */
  public interface Moments {

    /** The spec of a frame, in which nothing changes over time. */
    PipelineSpec at(int frame);

    Dreamer dreamer(PipelineSpec now, int frame);
  }

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
      Tone tone = Tone.read(data, Bands.count(size));
      float[] rgb = new float[size.height() * size.width() * 3];
      ByteBuffer.wrap(data.readNBytes(rgb.length * Float.BYTES)).asFloatBuffer().get(rgb);
      return new State(frames, new Image(size, rgb), tone);
    }
  }

  /**
   * Begins a dive.
   *
   * @param tone to be held; that of the first frame if empty
   */
  public Dive(Image original, Optional<Tone> tone, Moments moments) {
    this.original = original;
    this.tone = tone;
    this.moments = moments;
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
    PipelineSpec now = moments.at(0);
    Size size = now.dreamSize().of(original.size());
    Image dream = moments.dreamer(now, 0).dream(original, size, 0).image();
    return new State(1, dream, tone.orElseGet(() -> Tone.of(dream)));
  }

  private State deeper(State before) {
    PipelineSpec now = moments.at(before.frames());
    Image moved = moved(before.last(), now.camera().move());
    Image dream = dream(moved, now, before.frames());
    return new State(
        before.frames() + 1, before.tone().pull(dream, now.zoom().hold()), before.tone());
  }

  private static Image moved(Image image, Camera camera) {
    Size size = image.size();
    float[] rgb = camera.move(image.rgb(), 3, size.width(), size.height(), Camera.Edge.MIRRORED);
    return new Image(size, rgb);
  }

  private Image dream(Image moved, PipelineSpec now, int frame) {
    Image small = Dreamer.sized(moved, now.dreamSize().of(moved.size()));
    Residual bare = new Residual(small.size(), new float[small.rgb().length]);
    HeadStart head = new HeadStart(bare, now.zoom().iterations(), Optional.empty());
    Dream dream = moments.dreamer(now, frame).dream(small, frame, Optional.of(head));
    return small.size().equals(moved.size())
        ? dream.image()
        : dream.residual().over(moved, now.strength());
  }
}
