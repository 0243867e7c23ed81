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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All settings that determine the dream of an image.
 *
 * @param octave settings of every octave that has no override
 * @param overrides settings of single octaves, from the smallest up
 * @param octaves sizes of the image pyramid
 * @param robustness random transformations before each gradient
 * @param priors normalisation, smoothing and penalties of each step
 * @param parameterisation whether the ascent changes pixels or Fourier coefficients
 * @param strength factor on the residual, 0 to 10: output = source + strength * residual
 * @param seed seed of all random draws
 */
public record DreamSpec(
    OctaveSpec octave,
    List<OctaveSpec> overrides,
    Octaves octaves,
    Robustness robustness,
    Priors priors,
    Parameterisation parameterisation,
    double strength,
    long seed) {

  public DreamSpec {
    overrides = List.copyOf(overrides);
    if (overrides.size() > octaves.count()) {
      throw new DreamException(
          "octaves.each has settings for %d octaves, but octaves.count is %d; raise octaves.count or remove some settings"
              .formatted(overrides.size(), octaves.count()));
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

  /**
   * Returns the settings of Google's original DeepDream: equal octaves and jitter, without priors.
   */
  public static DreamSpec plain(OctaveSpec octave, Octaves octaves, int jitter, long seed) {
    return new DreamSpec(
        octave,
        List.of(),
        octaves,
        Robustness.jitter(jitter),
        Priors.NONE,
        Parameterisation.PIXELS,
        1,
        seed);
  }

  /**
   * Returns the settings of the octaves that are large enough for the network, smallest first.
   *
   * @param sizes number of octaves that remain; the smallest ones are skipped
   */
  public List<OctaveSpec> octaveSpecs(int sizes) {
    List<OctaveSpec> specs = new ArrayList<>();
    for (int k = octaves.count() - sizes; k < octaves.count(); k++) {
      specs.add(k < overrides.size() ? overrides.get(k) : octave);
    }
    return specs;
  }

  /** Returns the number of steps of an octave without an override. */
  public int iterations() {
    return octave.iterations();
  }

  /** Returns the distinct objectives of all octaves. */
  public List<Objective> objectives() {
    return Stream.concat(Stream.of(octave), overrides.stream())
        .flatMap(c -> c.objectives().stream())
        .distinct()
        .toList();
  }

  /** Returns a warning if some octaves are too small for the network and were skipped. */
  public Optional<String> skippedOctaves(int sizes) {
    int left = octaves.count() - sizes;
    return left == 0
        ? Optional.empty()
        : Optional.of(
            "skipped %d of %d octaves, which are too small for the network"
                .formatted(left, octaves.count()));
  }

  /**
   * Returns the error message for a source on which no step found a gradient.
   *
   * @param what the kind of source, such as image
   */
  public String noGradientMessage(String what) {
    return "nothing to dream: this %s does not activate %s; choose another %s"
        .formatted(what, targets(), alternatives());
  }

  /**
   * Returns a warning if some steps found no gradient, because the objectives did not respond to
   * what the image showed then; empty for none or all of them.
   */
  public Optional<String> emptySteps(long steps, long zeroSteps) {
    return zeroSteps == 0 || zeroSteps == steps
        ? Optional.empty()
        : Optional.of(
            "%d of %d steps found no gradient for %s and changed nothing; if the dream is too weak, choose another %s"
                .formatted(zeroSteps, steps, targets(), alternatives()));
  }

  /** Returns the objectives that do not have the weight 0, or all if there are none. */
  private List<Objective> wanted() {
    List<Objective> weighted = objectives().stream().filter(o -> o.weight() != 0).toList();
    return weighted.isEmpty() ? objectives() : weighted;
  }

  private String targets() {
    return wanted().stream().map(Objective::target).distinct().collect(Collectors.joining(" and "));
  }

  private String alternatives() {
    return wanted().get(0).alternatives();
  }

  /** Returns a copy with other objectives; octaves with their own keep them. */
  public DreamSpec withObjectives(Objective... objectives) {
    return with(
        new OctaveSpec(List.of(objectives), octave.iterations(), octave.step(), octave.blur()));
  }

  /** Returns a copy with another number of steps; octaves with their own keep it. */
  public DreamSpec withIterations(int iterations) {
    return with(new OctaveSpec(octave.objectives(), iterations, octave.step(), octave.blur()));
  }

  /** Returns a copy with at most so many steps at every octave, to measure how long one takes. */
  public DreamSpec withAtMost(int iterations) {
    return new DreamSpec(
        octave.withAtMost(iterations),
        overrides.stream().map(each -> each.withAtMost(iterations)).toList(),
        octaves,
        robustness,
        priors,
        parameterisation,
        strength,
        seed);
  }

  /**
   * Returns a copy with another step, in grey levels; octaves with their own keep it, and the last
   * step keeps its share of the first.
   */
  public DreamSpec withStep(double step) {
    Ramp ramp = new Ramp(step, step * (octave.step().to() / octave.step().from()));
    return with(new OctaveSpec(octave.objectives(), octave.iterations(), ramp, octave.blur()));
  }

  private DreamSpec with(OctaveSpec other) {
    return new DreamSpec(
        other, overrides, octaves, robustness, priors, parameterisation, strength, seed);
  }

  /**
   * With other sizes.
   *
   * @param count how many
   * @param scale the ratio of neighbouring sizes
   */
  public DreamSpec withOctaves(int count, double scale) {
    Octaves other = new Octaves(count, scale, octaves.own());
    return new DreamSpec(
        octave, overrides, other, robustness, priors, parameterisation, strength, seed);
  }

  public DreamSpec withRobustness(Robustness other) {
    return new DreamSpec(
        octave, overrides, octaves, other, priors, parameterisation, strength, seed);
  }

  public DreamSpec withPriors(Priors other) {
    return new DreamSpec(
        octave, overrides, octaves, robustness, other, parameterisation, strength, seed);
  }

  public DreamSpec withParameterisation(Parameterisation other) {
    return new DreamSpec(octave, overrides, octaves, robustness, priors, other, strength, seed);
  }

  public DreamSpec withStrength(double other) {
    return new DreamSpec(
        octave, overrides, octaves, robustness, priors, parameterisation, other, seed);
  }

  public DreamSpec withSeed(long other) {
    return new DreamSpec(
        octave, overrides, octaves, robustness, priors, parameterisation, strength, other);
  }
}
