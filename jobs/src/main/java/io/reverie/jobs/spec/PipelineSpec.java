package io.reverie.jobs.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.reverie.core.Size;
import io.reverie.core.dream.DreamSpec;
import io.reverie.core.dream.OctaveSpec;
import io.reverie.core.dream.Ramp;
import io.reverie.core.dream.gradient.Tiling;
import io.reverie.core.dream.param.Parameterisation;
import io.reverie.core.dream.prior.ColourMode;
import io.reverie.core.dream.prior.Priors;
import io.reverie.core.dream.prior.Smoothing;
import io.reverie.core.dream.prior.StepRule;
import io.reverie.core.dream.transform.Robustness;
import io.reverie.core.engine.Precision;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.objective.Objective;
import io.reverie.core.objective.ObjectiveKind;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.rule.HaloRule;
import io.reverie.jobs.spec.rule.SizeRule;
import io.reverie.jobs.spec.rule.TileRule;
import io.reverie.video.still.StillOptions;
import io.reverie.video.still.Subsampling;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All settings; {@code reference.yaml} documents the keys. A scheduled setting holds its value at 0
 * s.
 */
@JsonSerialize(using = SpecJson.Writer.class)
public record PipelineSpec(
    String network,
    String weights,
    PreprocessingSpec preprocessing,
    String preset,
    ObjectiveKind objective,
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
    Precision precision,
    VideoSpec video,
    ImagesSpec images,
    CameraSpec camera,
    ZoomSpec zoom,
    SyncSpec sync,
    @JsonDeserialize(using = GivenSchedule.class)
        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
        Schedule schedule)
    implements Serializable {

  /** See {@link Robustness}. */
  public record RobustnessSpec(double scale, double rotate, int window) implements Serializable {}

  /** See {@link Smoothing}. */
  public record SmoothingSpec(double weight, double sigma) implements Serializable {}

  /** The blur's sigma at an octave's first iteration and at its last. */
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

  /** The keys {@code images.*}. */
  public record ImagesSpec(int quality, Subsampling subsampling, boolean stripPrivate)
      implements Serializable {
    public ImagesSpec {
      if (quality < 1 || quality > 100) {
        throw UserException.usage("images.quality must be from 1 to 100, not " + quality);
      }
    }

    public StillOptions options() {
      return new StillOptions(quality, subsampling);
    }
  }

  public PipelineSpec {
    layers = List.copyOf(layers);
  }

  /**
   * Replaces each class of the settings by another.
   *
   * @throws UserException if the settings have no class
   */
  public PipelineSpec withClass(String name) {
    if (objectives().stream().noneMatch(term -> term.classes() != null)) {
      throw UserException.usage(
          "these settings have no class objective; use a recipe such as class-drawing, or layers: [{objective: class, class: 0}]");
    }
    return withObjectives(term -> term.classes() == null ? term : term.withClass(name));
  }

  private PipelineSpec withObjectives(UnaryOperator<ObjectiveSpec> change) {
    List<OctavesSpec.Overrides> each =
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

  /** The same settings, wherever they come from. */
  public PipelineSpec withoutPreset() {
    return with("preset", "none");
  }

  /**
   * The same dream for a preview.
   *
   * @param shown size of the result
   * @param dreamed size of the largest octave
   */
  public PipelineSpec sized(Size shown, Size dreamed) {
    return with("size", new SizeRule(shown.toString()))
        .with("dreamSize", new SizeRule(dreamed.toString()));
  }

  /** Leaves the codec and its options to the output's format. */
  public PipelineSpec withDefaultEncoding() {
    return with("video", video.withDefaultEncoding());
  }

  /** Sets the camera's zoom if the settings leave it at 1. */
  public PipelineSpec withDefaultZoom(double factor) {
    return camera.zoom() == 1 && !schedule.contains("camera.zoom")
        ? with("camera", SpecPath.with(camera, "zoom", factor))
        : this;
  }

  /**
   * Creates the settings of dream-core.
   *
   * @param make creates an objective from its complete settings
   */
  public DreamSpec dream(Function<ObjectiveSpec, Objective> make) {
    return new DreamSpec(
        octave(OctavesSpec.Overrides.NONE, make),
        octaves.each().stream().map(own -> octave(own, make)).toList(),
        octaves.sizes(),
        new Robustness(jitter, robustness.scale(), robustness.rotate(), robustness.window()),
        priors(),
        parameterisation,
        strength,
        seed);
  }

  /**
   * Returns how to tile large images.
   *
   * @throws IllegalStateException if {@code tile: auto} is not resolved yet
   */
  @JsonIgnore
  public Tiling tiling() {
    return new Tiling(tile.side(), halo.pixels());
  }

  /**
   * Resolves {@code tile: auto}.
   *
   * @param bytes of a task's memory
   */
  public PipelineSpec withTile(long bytes, NetworkDescriptor descriptor) {
    boolean rescaling =
        robustness.scale() > 0
            || robustness.rotate() > 0
            || schedule.contains("robustness.scale")
            || schedule.contains("robustness.rotate");
    boolean unknownHalo = !descriptor.hasTiles(layerNames(), hasClasses());
    TileRule side = rescaling || unknownHalo ? tile.orNone() : tile.in(bytes);
    return with("tile", side);
  }

  /**
   * Resolves {@code precision: auto} by the processor of this machine.
   *
   * @param device such as cpu or gpu0
   */
  public PipelineSpec withPrecision(String device) {
    return with("precision", precision.on(device));
  }

  private Set<String> layerNames() {
    return objectives().stream()
        .map(ObjectiveSpec::layer)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private boolean hasClasses() {
    return objectives().stream()
        .anyMatch(term -> term.complete(objective).objective() == ObjectiveKind.CLASS);
  }

  private OctaveSpec octave(OctavesSpec.Overrides own, Function<ObjectiveSpec, Objective> make) {
    List<ObjectiveSpec> terms = OctavesSpec.or(own.layers(), layers);
    double first = OctavesSpec.or(own.step(), step);
    return new OctaveSpec(
        terms.stream().map(term -> make.apply(term.complete(objective))).toList(),
        OctavesSpec.or(own.iterations(), iterations),
        new Ramp(first, first * OctavesSpec.or(own.stepEnd(), stepEnd)),
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

  /** The objectives of all octaves. */
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
   * Renames the files of the spec: weights, masks and guides.
   *
   * @param name maps old names to new ones
   */
  public PipelineSpec renamed(UnaryOperator<String> name) {
    return with("weights", weights.equals("auto") ? weights : name.apply(weights))
        .with("mask", mask.picture().isEmpty() ? mask : mask.withFile(name.apply(mask.file())))
        .withObjectives(
            term -> term.guide() == null ? term : term.withGuide(name.apply(term.guide())));
  }

  /** Masks and guides. */
  @JsonIgnore
  public Set<String> files() {
    return Stream.concat(
            mask.picture().stream(), objectives().stream().flatMap(term -> term.picture().stream()))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
