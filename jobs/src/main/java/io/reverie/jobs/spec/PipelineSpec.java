package io.reverie.jobs.spec;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.reverie.core.dream.DreamSpec;
import io.reverie.core.dream.OctaveSpec;
import io.reverie.core.dream.Octaves;
import io.reverie.core.dream.Ramp;
import io.reverie.core.dream.gradient.Tiling;
import io.reverie.core.dream.param.Parameterisation;
import io.reverie.core.dream.prior.ColourMode;
import io.reverie.core.dream.prior.Priors;
import io.reverie.core.dream.prior.Smoothing;
import io.reverie.core.dream.prior.StepRule;
import io.reverie.core.dream.transform.Robustness;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.objective.Objective;
import io.reverie.jobs.error.UserException;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that changes the picture, and how {@code sync} works, which does not; the keys and
 * their meaning stand in {@code reference.yaml}. Of what changes over time it has the values at 0
 * s.
 */
@JsonSerialize(using = SpecJson.Writer.class)
public record PipelineSpec(
    String network,
    String weights,
    String preset,
    ObjectiveSpec.Goal objective,
    List<ObjectiveSpec> layers,
    OctavesSpec octaves,
    int iterations,
    double step,
    double stepEnd,
    StepRule stepRule,
    double clip,
    int jitter,
    RobustnessSpec robustness,
    Parameterisation parameterisation,
    SmoothingSpec smoothing,
    BlurSpec blur,
    int laplacian,
    double tv,
    double decay,
    ColourMode colours,
    MaskSpec mask,
    double strength,
    long seed,
    SizeRule size,
    SizeRule dreamSize,
    NoiseSpec noise,
    TileRule tile,
    HaloRule halo,
    VideoSpec video,
    ImagesSpec images,
    CameraSpec camera,
    ZoomSpec zoom,
    SyncSpec sync,
    @JacksonInject @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) Schedule schedule)
    implements Serializable {

  /** See {@link Octaves}; each holds settings of single sizes, from the smallest up. */
  public record OctavesSpec(int count, double scale, List<OctaveOverrides> each)
      implements Serializable {
    public OctavesSpec {
      each = List.copyOf(each);
    }
  }

  /** What one size has of its own; null is what it has not. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record OctaveOverrides(
      @Nullable List<ObjectiveSpec> layers,
      @Nullable Integer iterations,
      @Nullable Double step,
      @Nullable Double stepEnd,
      @Nullable OctaveBlur blur)
      implements Serializable {

    private static final OctaveOverrides NOTHING =
        new OctaveOverrides(null, null, null, null, null);

    private Ramp blur(BlurSpec all) {
      return blur == null
          ? new Ramp(all.from(), all.to())
          : new Ramp(or(blur.from(), all.from()), or(blur.to(), all.to()));
    }
  }

  /** Of one size's blur; null is what it has not. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record OctaveBlur(@Nullable Double from, @Nullable Double to) implements Serializable {}

  /** See {@link Robustness}. */
  public record RobustnessSpec(double scale, double rotate, int window) implements Serializable {}

  /** See {@link Smoothing}. */
  public record SmoothingSpec(double weight, double sigma) implements Serializable {}

  /** Of a blur after each step, at an octave's first iteration and at its last. */
  public record BlurSpec(double from, double to) implements Serializable {}

  /** See {@link io.reverie.core.dream.Noise}. */
  public record NoiseSpec(double mean, double deviation) implements Serializable {
    public NoiseSpec {
      if (!(mean >= 0 && mean <= 255)) {
        throw UserException.usage("noise.mean must be from 0 to 255, not " + mean);
      }
      if (!(deviation >= 0 && deviation <= 255)) {
        throw UserException.usage("noise.deviation must be from 0 to 255, not " + deviation);
      }
    }
  }

  /** What concerns still images alone. */
  public record ImagesSpec(int quality) implements Serializable {
    public ImagesSpec {
      if (quality < 1 || quality > 100) {
        throw UserException.usage("images.quality must be from 1 to 100, not " + quality);
      }
    }
  }

  public PipelineSpec {
    layers = List.copyOf(layers);
  }

  /**
   * The same for one class instead of its own ones.
   *
   * @throws UserException if it has none
   */
  public PipelineSpec drawing(String name) {
    if (objectives().stream().noneMatch(term -> term.classes() != null)) {
      throw UserException.usage(
          "these settings grow no class, so that none can be drawn; take a recipe such as class-drawing, or layers: [{objective: class, class: 0}]");
    }
    return withObjectives(term -> term.classes() == null ? term : term.withClass(name));
  }

  private PipelineSpec withObjectives(UnaryOperator<ObjectiveSpec> change) {
    List<OctaveOverrides> each =
        octaves.each().stream()
            .map(
                own ->
                    own.layers() == null
                        ? own
                        : SpecPath.with(own, "layers", own.layers().stream().map(change).toList()))
            .toList();
    return with("layers", layers.stream().map(change).toList())
        .with("octaves", new OctavesSpec(octaves.count(), octaves.scale(), each));
  }

  PipelineSpec with(String component, Object value) {
    return SpecPath.with(this, component, value);
  }

  /**
   * The part that dream-core knows.
   *
   * @param make an objective; those handed to it have a goal
   */
  public DreamSpec dream(Function<ObjectiveSpec, Objective> make) {
    return new DreamSpec(
        octave(OctaveOverrides.NOTHING, make),
        octaves.each().stream().map(own -> octave(own, make)).toList(),
        new Octaves(octaves.count(), octaves.scale()),
        new Robustness(jitter, robustness.scale(), robustness.rotate(), robustness.window()),
        priors(),
        parameterisation,
        strength,
        seed);
  }

  /**
   * How large images are dreamed.
   *
   * @throws IllegalStateException while {@code tile: auto} has not been resolved
   */
  @JsonIgnore
  public Tiling tiling() {
    return new Tiling(tile.side(), halo.pixels());
  }

  /**
   * The same with {@code tile: auto} replaced by what it stands for. That is none where tiles are
   * not possible.
   *
   * @param bytes of memory that a task has
   */
  public PipelineSpec tiled(long bytes, NetworkDescriptor descriptor) {
    boolean turning =
        robustness.scale() > 0
            || robustness.rotate() > 0
            || schedule.changes("robustness.scale")
            || schedule.changes("robustness.rotate");
    boolean unknown =
        descriptor.body().isEmpty() && (descriptor.reach().isEmpty() || growsClasses());
    TileRule side = turning || unknown ? tile.orNone() : tile.in(bytes);
    return with("tile", side);
  }

  private boolean growsClasses() {
    return objectives().stream()
        .anyMatch(term -> term.or(objective).objective() == ObjectiveSpec.Goal.CLASS);
  }

  private OctaveSpec octave(OctaveOverrides own, Function<ObjectiveSpec, Objective> make) {
    List<ObjectiveSpec> terms = or(own.layers(), layers);
    double first = or(own.step(), step);
    return new OctaveSpec(
        terms.stream().map(term -> make.apply(term.or(objective))).toList(),
        or(own.iterations(), iterations),
        new Ramp(first, first * or(own.stepEnd(), stepEnd)),
        own.blur(blur));
  }

  private Priors priors() {
    return new Priors(
        stepRule,
        clip,
        laplacian,
        new Smoothing(smoothing.weight(), smoothing.sigma()),
        tv,
        decay,
        colours);
  }

  private static <T> T or(@Nullable T own, T otherwise) {
    return own == null ? otherwise : own;
  }

  /** All that is to grow somewhere. */
  @JsonIgnore
  public List<ObjectiveSpec> objectives() {
    return Stream.concat(
            layers.stream(),
            octaves.each().stream()
                .filter(e -> e.layers() != null)
                .flatMap(e -> e.layers().stream()))
        .toList();
  }

  /**
   * The same with its files named otherwise, the weights among them.
   *
   * @param name from the name that a file has to its new one
   */
  public PipelineSpec renamed(UnaryOperator<String> name) {
    return with("weights", weights.equals("auto") ? weights : name.apply(weights))
        .with("mask", mask.picture().isEmpty() ? mask : mask.withFile(name.apply(mask.file())))
        .withObjectives(
            term -> term.guide() == null ? term : term.withGuide(name.apply(term.guide())));
  }

  /** Files that the picture depends on, beside its source and the weights. */
  @JsonIgnore
  public Set<String> files() {
    return Stream.concat(
            mask.picture().stream(), objectives().stream().flatMap(term -> term.picture().stream()))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
