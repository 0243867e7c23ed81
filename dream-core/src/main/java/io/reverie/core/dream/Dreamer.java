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
import io.reverie.core.engine.Torch;
import io.reverie.core.network.Network;
import io.reverie.core.objective.Objective;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * DeepDream (Google 2015): gradient ascent over octaves, from the smallest up, that hands on only
 * what was dreamed, never a blurred photo.
 *
 * <p>Thread-safe: several threads may dream with one, each its own image.
 *
 * @param network not closed here
 * @param tiling of large images
 * @param listener called after each step of every dream
 */
public record Dreamer(Network network, DreamSpec spec, Tiling tiling, DreamListener listener) {

  /** Dreams every image whole. */
  public Dreamer(Network network, DreamSpec spec) {
    this(network, spec, Tiling.NONE);
  }

  /** Dreams without a listener. */
  public Dreamer(Network network, DreamSpec spec, Tiling tiling) {
    this(network, spec, tiling, DreamListener.NONE);
  }

  /** Refuses layers that the network has not. */
  public Dreamer {
    for (Objective objective : spec.objectives()) {
      network.minimumSide(objective.layer());
    }
  }

  /** With a listener that follows its dreams and may cancel them. */
  public Dreamer withListener(DreamListener other) {
    return new Dreamer(network, spec, tiling, other);
  }

  /** Dreams an image, a still, at its own size. */
  public Dream dream(Image source) {
    return dream(source, 0);
  }

  /**
   * Dreams an image at its own size.
   *
   * @param pts the frame's presentation time, which keys the random draws; 0 for a still
   */
  public Dream dream(Image source, long pts) {
    return dream(source, source.size(), pts);
  }

  /** The same at a size of its own. */
  public Dream dream(Image source, Size dreamSize, long pts) {
    return dream(source, Mask.whole(dreamSize), pts);
  }

  /**
   * Dreams at one size and adds what was dreamed, enlarged, to the image at its own size: the photo
   * stays sharp, the cost falls with the square.
   *
   * @param mask of the size of the largest octave; where it is 0, and further than two of its
   *     pixels from where it is not, the image stays as it is
   * @param pts the frame's presentation time, which keys the random draws; 0 for a still
   * @throws DreamException if the image is too small for the network, if no step finds a gradient,
   *     or if a gradient is not a number
   */
  public Dream dream(Image source, Mask mask, long pts) {
    Size dreamSize = mask.size();
    Dream dream = dream(sized(source, dreamSize), mask, pts, Optional.empty());
    if (dream.foundNothing()) {
      throw new DreamException(spec.nothingToDream("image"));
    }
    return source.size().equals(dreamSize)
        ? dream
        : dream.with(dream.residual().over(source, spec.strength()));
  }

  /**
   * Dreams a frame at its own size, from a start of its own; a frame without any gradient is no
   * error here. The step is normalised over the whole frame, so that a region dreams as strongly as
   * it would without a mask.
   *
   * @param mask where it may dream; of the frame's size
   * @param head what to begin with; the bare source and the spec's iterations if empty
   * @throws DreamException if the frame is too small for the network, or if a gradient is not a
   *     number
   */
  public Dream dream(Image source, Mask mask, long pts, Optional<WarmStart> head) {
    if (spec.strength() == 0 || mask.isEmpty()) {
      Residual none = new Residual(source.size(), new float[source.rgb().length]);
      return new Dream(source, source, none, List.of(), 0, 0, OptionalDouble.empty());
    }
    Torch.useOneThread();
    List<Size> sizes = octaves(source.size());
    OctaveAscent.Climbed climbed = new OctaveAscent(this, sizes, mask, pts, head).from(source);
    Residual all = Residual.between(source, climbed.image());
    Residual residual = mask.isWhole() ? all : mask.cut(all);
    Image whole = mask.isWhole() ? climbed.image() : residual.over(source, 1);
    Image shown = spec.strength() == 1 ? whole : residual.over(source, spec.strength());
    return new Dream(
        shown,
        whole,
        residual,
        sizes,
        climbed.steps(),
        climbed.zeroSteps(),
        climbed.cuts().seams(residual));
  }

  /** The same of all of a frame. */
  public Dream dream(Image source, long pts, Optional<WarmStart> head) {
    return dream(source, Mask.whole(source.size()), pts, head);
  }

  /** What the objectives say of an image: the weighted sum of their values. */
  public double value(Image image) {
    Torch.useOneThread();
    try (NDManager scope = network.manager().newSubManager()) {
      NDArray x = ImageTensors.tensor(image, scope);
      List<Objective> objectives = spec.climb().objectives();
      return tiling.divides(x.getShape())
          ? new TiledGradient(network, objectives, tiling).value(x)
          : new Gradient(network, objectives).value(x);
    }
  }

  /**
   * An image at the size that it is dreamed at: antialiased bilinear down, bilinear with half-pixel
   * centres up.
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

  /** The sizes that a dream of this size runs through, smallest first. */
  public List<Size> octaves(Size dreamSize) {
    int minimum =
        spec.objectives().stream().mapToInt(o -> network.minimumSide(o.layer())).max().getAsInt();
    List<Size> sizes = spec.octaves().sizes(dreamSize, minimum);
    if (sizes.isEmpty()) {
      throw new DreamException(
          "an image of %s px is too small: the network %s needs %d px on the shorter side here; give a larger --size"
              .formatted(dreamSize, network.name(), minimum));
    }
    return sizes;
  }
}
