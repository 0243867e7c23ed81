package io.reverie.jobs.spec;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.core.dream.Climb;
import io.reverie.core.dream.Colours;
import io.reverie.core.dream.DreamSpec;
import io.reverie.core.dream.Octaves;
import io.reverie.core.dream.Parameterisation;
import io.reverie.core.dream.Priors;
import io.reverie.core.dream.Ramp;
import io.reverie.core.dream.Robustness;
import io.reverie.core.dream.Smoothing;
import io.reverie.core.dream.StepRule;
import io.reverie.core.dream.Tiling;
import io.reverie.core.network.NetworkDescriptor;
import io.reverie.jobs.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    String objective,
    List<Term> layers,
    Sizes octaves,
    int iterations,
    double step,
    double stepEnd,
    String stepRule,
    double clip,
    int jitter,
    Movement robustness,
    String parameterisation,
    Blur smoothing,
    Sigmas blur,
    int laplacian,
    double tv,
    double l2,
    String colours,
    MaskSpec mask,
    double strength,
    long seed,
    SizeRule size,
    SizeRule dreamSize,
    Grain noise,
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
  public record Sizes(int count, double scale, List<Each> each) implements Serializable {
    public Sizes {
      each = List.copyOf(each);
    }
  }

  /** What one size has of its own; null is what it has not. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Each(
      List<Term> layers, Integer iterations, Double step, Double stepEnd, OwnSigmas blur)
      implements Serializable {

    private static final Each NOTHING = new Each(null, null, null, null, null);

    private Ramp blur(Sigmas all) {
      return blur == null
          ? new Ramp(all.from(), all.to())
          : new Ramp(or(blur.from(), all.from()), or(blur.to(), all.to()));
    }
  }

  /** Of one size's blur; null is what it has not. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record OwnSigmas(Double from, Double to) implements Serializable {}

  /** See {@link Robustness}. */
  public record Movement(double scale, double rotate, int window) implements Serializable {}

  /** See {@link Smoothing}. */
  public record Blur(double weight, double sigma) implements Serializable {}

  /** Of a blur after each step, at an octave's first iteration and at its last. */
  public record Sigmas(double from, double to) implements Serializable {}

  /** See {@link io.reverie.core.dream.Noise}. */
  public record Grain(double mean, double deviation) implements Serializable {
    public Grain {
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
    Choice.of("objective", Term.Goal.class, objective);
    Choice.of("stepRule", StepRule.class, stepRule);
    Choice.of("parameterisation", Parameterisation.class, parameterisation);
    Choice.of("colours", Colours.class, colours);
  }

  /**
   * The same for one class instead of its own ones.
   *
   * @throws UserException if it has none
   */
  public PipelineSpec drawing(String name) {
    ObjectNode settings = SpecJson.plain(this);
    List<JsonNode> classes = new ArrayList<>(settings.get("layers").findParents("class"));
    classes.addAll(settings.get("octaves").get("each").findParents("class"));
    if (classes.isEmpty()) {
      throw UserException.usage(
          "these settings grow no class, so that none can be drawn; take a recipe such as class-drawing, or layers: [{objective: class, class: 0}]");
    }
    classes.forEach(term -> ((ObjectNode) term).put("class", name));
    return SpecJson.read(settings, schedule);
  }

  /** The part that dream-core knows. */
  public DreamSpec dream(Term.Maker maker) {
    return new DreamSpec(
        climb(Each.NOTHING, maker),
        octaves.each().stream().map(own -> climb(own, maker)).toList(),
        new Octaves(octaves.count(), octaves.scale()),
        new Robustness(jitter, robustness.scale(), robustness.rotate(), robustness.window()),
        priors(),
        Choice.of("parameterisation", Parameterisation.class, parameterisation),
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
    return side.equals(tile)
        ? this
        : SpecTree.of(this).withAssignment("tile=" + side.text()).toSpec();
  }

  private boolean growsClasses() {
    return terms().stream().anyMatch(term -> term.goal(objective) == Term.Goal.CLASS);
  }

  private Climb climb(Each own, Term.Maker maker) {
    List<Term> terms = or(own.layers(), layers);
    double first = or(own.step(), step);
    return new Climb(
        terms.stream().map(term -> term.objective(objective, maker)).toList(),
        or(own.iterations(), iterations),
        new Ramp(first, first * or(own.stepEnd(), stepEnd)),
        own.blur(blur));
  }

  private Priors priors() {
    return new Priors(
        Choice.of("stepRule", StepRule.class, stepRule),
        clip,
        laplacian,
        new Smoothing(smoothing.weight(), smoothing.sigma()),
        tv,
        l2,
        Choice.of("colours", Colours.class, colours));
  }

  private static <T> T or(T own, T otherwise) {
    return own == null ? otherwise : own;
  }

  /** All that is to grow somewhere. */
  @JsonIgnore
  public List<Term> terms() {
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
    ObjectNode settings = SpecJson.plain(this);
    if (!weights.equals("auto")) {
      settings.put("weights", name.apply(weights));
    }
    mask.picture()
        .ifPresent(file -> ((ObjectNode) settings.get("mask")).put("file", name.apply(file)));
    for (JsonNode term : settings.findParents("guide")) {
      ((ObjectNode) term).put("guide", name.apply(term.get("guide").asText()));
    }
    return SpecJson.read(settings, schedule);
  }

  /** Files that the picture depends on, beside its source and the weights. */
  @JsonIgnore
  public Set<String> files() {
    return Stream.concat(
            mask.picture().stream(), terms().stream().flatMap(term -> term.picture().stream()))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
