package io.reverie.core.dream;

import io.reverie.core.DreamException;
import io.reverie.core.dream.param.Parameterisation;
import io.reverie.core.dream.prior.Priors;
import io.reverie.core.dream.transform.Robustness;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.objective.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How to dream one image; everything here changes the picture.
 *
 * @param climb at every size that has none of its own
 * @param each instead of it, from the smallest size up
 * @param octaves the sizes
 * @param robustness how the image is moved about
 * @param priors asked of every step
 * @param parameterisation in what is climbed
 * @param strength output = source + strength * residual, 0 to 10; 0 gives the source back
 * @param seed of all random draws
 */
public record DreamSpec(
    OctaveSpec climb,
    List<OctaveSpec> each,
    Octaves octaves,
    Robustness robustness,
    Priors priors,
    Parameterisation parameterisation,
    double strength,
    long seed) {

  public DreamSpec {
    each = List.copyOf(each);
    if (each.size() > octaves.count()) {
      throw new DreamException(
          "octaves.each has settings for %d sizes, but octaves.count is %d; raise it or leave some out"
              .formatted(each.size(), octaves.count()));
    }
    if (!(strength >= 0 && strength <= 10)) {
      throw new DreamException("strength must be between 0 and 10, not " + strength);
    }
  }

  /** A network's default settings. */
  public static DreamSpec of(NetworkDescriptor network) {
    return NetworkSettings.spec(network, Map.of());
  }

  /**
   * One of a network's presets, over its default settings.
   *
   * @throws DreamException if the network has no preset of this name
   */
  public static DreamSpec of(NetworkDescriptor network, String preset) {
    return NetworkSettings.spec(network, network.preset(preset));
  }

  /** Google's dream: one climb for all sizes, no priors but jitter. */
  public static DreamSpec plain(OctaveSpec climb, Octaves octaves, int jitter, long seed) {
    return new DreamSpec(
        climb,
        List.of(),
        octaves,
        Robustness.jitter(jitter),
        Priors.NONE,
        Parameterisation.PIXELS,
        1,
        seed);
  }

  /**
   * The climbs of the sizes that are dreamed at, smallest first.
   *
   * @param sizes how many there are; those that the network needs more pixels for are left out at
   *     the small end
   */
  public List<OctaveSpec> climbs(int sizes) {
    List<OctaveSpec> climbs = new ArrayList<>();
    for (int k = octaves.count() - sizes; k < octaves.count(); k++) {
      climbs.add(k < each.size() ? each.get(k) : climb);
    }
    return climbs;
  }

  /** Steps at each size, unless it has its own. */
  public int iterations() {
    return climb.iterations();
  }

  /** All that is climbed somewhere. */
  public List<Objective> objectives() {
    return Stream.concat(Stream.of(climb), each.stream())
        .flatMap(c -> c.objectives().stream())
        .distinct()
        .toList();
  }

  /** The sentence for octaves that need more pixels than there are; empty if none is left out. */
  public Optional<String> leftOut(int sizes) {
    int left = octaves.count() - sizes;
    return left == 0
        ? Optional.empty()
        : Optional.of(
            "%d of %d octaves are too small for the network and were left out"
                .formatted(left, octaves.count()));
  }

  /** The sentence for a source of which no step found a gradient. */
  public String nothingToDream(String what) {
    return "nothing to dream: layer %s does not respond to this %s at all; choose another layer, channel or weight"
        .formatted(climb.objectives().get(0).layer(), what);
  }

  /** With other objectives at every octave that has none of its own. */
  public DreamSpec withObjectives(Objective... objectives) {
    return with(
        new OctaveSpec(List.of(objectives), climb.iterations(), climb.step(), climb.blur()));
  }

  /** With another number of steps at every octave that has none of its own. */
  public DreamSpec withIterations(int iterations) {
    return with(new OctaveSpec(climb.objectives(), iterations, climb.step(), climb.blur()));
  }

  /**
   * With another step, in grey levels, at every octave that has none of its own; the last step
   * keeps its share of the first.
   */
  public DreamSpec withStep(double step) {
    Ramp ramp = new Ramp(step, step * (climb.step().to() / climb.step().from()));
    return with(new OctaveSpec(climb.objectives(), climb.iterations(), ramp, climb.blur()));
  }

  private DreamSpec with(OctaveSpec other) {
    return new DreamSpec(
        other, each, octaves, robustness, priors, parameterisation, strength, seed);
  }

  /**
   * With other sizes.
   *
   * @param count how many
   * @param scale the ratio of neighbouring sizes
   */
  public DreamSpec withOctaves(int count, double scale) {
    Octaves other = new Octaves(count, scale);
    return new DreamSpec(climb, each, other, robustness, priors, parameterisation, strength, seed);
  }

  public DreamSpec withRobustness(Robustness other) {
    return new DreamSpec(climb, each, octaves, other, priors, parameterisation, strength, seed);
  }

  public DreamSpec withPriors(Priors other) {
    return new DreamSpec(climb, each, octaves, robustness, other, parameterisation, strength, seed);
  }

  public DreamSpec withParameterisation(Parameterisation other) {
    return new DreamSpec(climb, each, octaves, robustness, priors, other, strength, seed);
  }

  public DreamSpec withStrength(double other) {
    return new DreamSpec(climb, each, octaves, robustness, priors, parameterisation, other, seed);
  }

  public DreamSpec withSeed(long other) {
    return new DreamSpec(
        climb, each, octaves, robustness, priors, parameterisation, strength, other);
  }
}
