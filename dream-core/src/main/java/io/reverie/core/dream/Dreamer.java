package io.reverie.core.dream;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.reverie.core.DreamException;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.gradient.Gradient;
import io.reverie.core.dream.gradient.TiledGradient;
import io.reverie.core.dream.gradient.Tiling;
import io.reverie.core.dream.image.ImageTensors;
import io.reverie.core.dream.image.Mask;
import io.reverie.core.dream.image.Residual;
import io.reverie.core.dream.lockstep.Lockstep;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.Network;
import io.reverie.core.objective.Objective;
import java.util.List;
import java.util.Optional;

/**
 * DeepDream (Google 2015): gradient ascent over octaves, from the smallest up. Only the residual is
 * enlarged from octave to octave, which keeps the source sharp.
 *
 * <p>Thread-safe: several threads may share one dreamer.
 *
 * @param network not closed by the dreamer
 * @param tiling how large images are divided
 * @param listener called after each step of every dream
 * @param lockstep lets dreams of this and other dreamers of the network share its passes, if they
 *     run on several threads
 * @see <a
 *     href="https://research.google/blog/inceptionism-going-deeper-into-neural-networks/">Mordvintsev,
 *     Olah and Tyka 2015, Inceptionism</a>
 */
public record Dreamer(
    Network network, DreamSpec spec, Tiling tiling, DreamListener listener, Lockstep lockstep) {

  /** Creates a dreamer that never uses tiles. */
  public Dreamer(Network network, DreamSpec spec) {
    this(network, spec, Tiling.NONE);
  }

  /** Dreams without a listener. */
  public Dreamer(Network network, DreamSpec spec, Tiling tiling) {
    this(network, spec, tiling, DreamListener.NONE);
  }

  /** Dreams without company. */
  public Dreamer(Network network, DreamSpec spec, Tiling tiling, DreamListener listener) {
    this(network, spec, tiling, listener, Lockstep.NONE);
  }

  /** Throws a {@link DreamException} if the network lacks one of the layers. */
  public Dreamer {
    for (Objective objective : spec.objectives()) {
      network.minimumSide(objective.layer());
    }
  }

  /** With a listener that follows its dreams and may cancel them. */
  public Dreamer withListener(DreamListener other) {
    return new Dreamer(network, spec, tiling, other, lockstep);
  }

  /** In company: dreams that are given the same lockstep share passes of the network. */
  public Dreamer withLockstep(Lockstep other) {
    return new Dreamer(network, spec, tiling, listener, other);
  }

  /** Dreams a still image at its own size. */
  public Dream dream(Image source) {
    return dream(source, 0);
  }

  /**
   * Dreams an image at its full size.
   *
   * @param pts the frame's presentation time, which keys the random draws; 0 for a still
   */
  public Dream dream(Image source, long pts) {
    return dream(source, source.size(), pts);
  }

  /** Dreams at the given size and adds the enlarged residual to the source. */
  public Dream dream(Image source, Size dreamSize, long pts) {
    return dream(source, Mask.whole(dreamSize), pts);
  }

  /**
   * Dreams at the size of the mask and adds the enlarged residual to the source: the photo stays
   * sharp, and the cost falls with the square of the size.
   *
   * @param mask has the size of the largest octave; pixels whose weight is 0 stay unchanged, except
   *     within two mask pixels of a positive weight
   * @param pts the frame's presentation time, which keys the random draws; 0 for a still
   * @throws DreamException if the image is too small for the network, if no step finds a gradient,
   *     or if a gradient is not a number
   */
  public Dream dream(Image source, Mask mask, long pts) {
    Size dreamSize = mask.size();
    Dream dream = dream(sized(source, dreamSize), mask, pts, Optional.empty());
    if (dream.hasNoGradient()) {
      throw new DreamException(spec.noGradientMessage("image"));
    }
    return source.size().equals(dreamSize) ? dream : dream.at(spec.strength(), source);
  }

  /**
   * Dreams a frame at its own size from a warm start; finding no gradient is not an error. Steps
   * are normalised over the whole frame, so a masked region dreams as strongly as the whole frame
   * would.
   *
   * @param mask where to dream; has the frame's size
   * @param warmStart where to start; the source with the iterations of the spec if empty
   * @throws DreamException if the frame is too small for the network, or if a gradient is not a
   *     number
   */
  public Dream dream(Image source, Mask mask, long pts, Optional<WarmStart> warmStart) {
    if (spec.strength() == 0 || mask.isEmpty()) {
      Residual none = new Residual(source.size(), new float[source.rgb().length]);
      return new Dream(source, source, none, List.of(), 0, 0, Optional.empty());
    }
    Torch.useOneThread();
    List<Size> sizes = octaves(source.size());
    OctaveAscent.Result result = new OctaveAscent(this, sizes, mask, pts, warmStart).run(source);
    Residual all = Residual.between(source, result.image());
    Residual residual = mask.isWhole() ? all : mask.apply(all);
    Image whole = mask.isWhole() ? result.image() : residual.addTo(source, 1);
    Dream dream =
        new Dream(
            whole,
            whole,
            residual,
            sizes,
            result.steps(),
            result.zeroSteps(),
            result.seams().ratio(residual));
    return dream.at(spec.strength(), source);
  }

  /** Returns a dream without an ascent, from a residual found otherwise. */
  public Dream shown(Image source, Residual residual) {
    Image whole = residual.addTo(source, 1);
    Image shown = spec.strength() == 1 ? whole : residual.addTo(source, spec.strength());
    return new Dream(shown, whole, residual, octaves(source.size()), 0, 0, Optional.empty());
  }

  public Dream dream(Image source, long pts, Optional<WarmStart> warmStart) {
    return dream(source, Mask.whole(source.size()), pts, warmStart);
  }

  /** Returns the weighted sum of the objectives' values for an image. */
  public double value(Image image) {
    Torch.useOneThread();
    try (NDManager scope = network.manager().newSubManager()) {
      NDArray x = ImageTensors.tensor(image, scope);
      List<Objective> objectives = spec.octave().objectives();
      return tiling.divides(x.getShape())
          ? new TiledGradient(network, objectives, tiling).value(x)
          : new Gradient(network, objectives).value(x);
    }
  }

  /**
   * Resamples an image: antialiased bilinear when shrinking, bilinear with half-pixel centres when
   * enlarging.
   */
  public static Image sized(Image image, Size size) {
    if (image.size().equals(size)) {
      return image;
    }
    Torch.useOneThread();
    try (NDManager scope = Torch.newManager(Device.cpu())) {
      NDArray whole = ImageTensors.tensor(image, scope);
      float[] rgb = Torch.withoutGradient(() -> ImageTensors.values(Torch.resize(whole, size)));
      return new Image(size, rgb);
    }
  }

  /** Returns the sizes of the octaves, smallest first. */
  public List<Size> octaves(Size dreamSize) {
    int minimum =
        spec.objectives().stream().mapToInt(o -> network.minimumSide(o.layer())).max().getAsInt();
    List<Size> sizes = spec.octaves().sizes(dreamSize, minimum);
    if (sizes.isEmpty()) {
      throw new DreamException(
          "an image of %s px is too small: network %s needs %d px on the shorter side; set a larger --size"
              .formatted(dreamSize, network.name(), minimum));
    }
    return sizes;
  }
}
