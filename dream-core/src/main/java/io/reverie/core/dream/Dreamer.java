package io.reverie.core.dream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.Network;
import io.reverie.core.objective.Objective;
import java.util.ArrayList;
import java.util.List;

/**
 * DeepDream (Google 2015): gradient ascent over octaves, from the smallest up, that hands on only
 * what was dreamed, never a blurred photo.
 *
 * <p>Thread-safe: several threads may dream with one, each its own image.
 *
 * @param network not closed here
 */
public record Dreamer(Network network, DreamSpec spec) {

  /** Refuses layers that the network has not. */
  public Dreamer {
    for (Objective objective : spec.objectives()) {
      network.minimumSide(objective.layer());
    }
  }

  /**
   * Dreams an image at its own size.
   *
   * @param pts the frame's presentation time, which keys the random draws; 0 for a still
   */
  public Dream dream(Image source, long pts) {
    return dream(source, source.size(), pts);
  }

  /**
   * Dreams at one size and adds what was dreamed, enlarged, to the image at its own size: the photo
   * stays sharp, the cost falls with the square.
   *
   * @param dreamSize the size of the largest octave
   * @param pts the frame's presentation time, which keys the random draws; 0 for a still
   * @throws DreamException if the image is too small for the network, if no step finds a gradient,
   *     or if a gradient is not a number
   */
  public Dream dream(Image source, Size dreamSize, long pts) {
    if (spec.strength() == 0) {
      return new Dream(source, List.of(), 0, 0);
    }
    Torch.useOneThread();
    List<Size> sizes = octaves(dreamSize);
    try (NDManager scope = network.manager().newSubManager()) {
      return Torch.withoutGradient(() -> dream(source, sizes, pts, scope));
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

  private Dream dream(Image source, List<Size> sizes, long pts, NDManager scope) {
    Size full = source.size();
    NDArray image = scope.create(source.rgb(), new Shape(1, full.height(), full.width(), 3));
    List<NDArray> bases = bases(image, sizes);
    NDArray detail = scope.zeros(bases.get(0).getShape(), DataType.FLOAT32);
    Ascent ascent =
        new Ascent(spec, new Gradient(network, spec.objectives()), new Draws(spec.seed(), pts));
    int zeroSteps = 0;
    for (int k = 0; k < sizes.size(); k++) {
      NDArray base = bases.get(k);
      NDArray start = base.add(Torch.resize(detail, sizes.get(k)));
      Ascent.Climbed climbed = ascent.run(start, sizes.size() - 1 - k);
      zeroSteps += climbed.zeroSteps();
      detail = climbed.image().sub(base);
    }
    int steps = sizes.size() * spec.iterations();
    if (zeroSteps == steps) {
      throw new DreamException(
          "nothing to dream: layer %s does not respond to this image at all; choose another layer or channel"
              .formatted(spec.objectives().get(0).layer()));
    }
    NDArray residual =
        sizes.get(sizes.size() - 1).equals(full) ? detail : Torch.resizeBicubic(detail, full);
    float[] out = image.add(residual.mul(spec.strength())).clip(0, 255).toFloatArray();
    return new Dream(new Image(full, out), sizes, steps, zeroSteps);
  }

  /** The source at each size, each shrunk from the next larger one; smallest first. */
  private static List<NDArray> bases(NDArray image, List<Size> sizes) {
    List<NDArray> bases = new ArrayList<>();
    NDArray base = image;
    for (int k = sizes.size() - 1; k >= 0; k--) {
      base = sized(base, sizes.get(k));
      bases.add(0, base);
    }
    return bases;
  }

  private static NDArray sized(NDArray image, Size size) {
    Shape shape = image.getShape();
    boolean same = shape.get(1) == size.height() && shape.get(2) == size.width();
    return same ? image : Torch.resize(image, size);
  }
}
