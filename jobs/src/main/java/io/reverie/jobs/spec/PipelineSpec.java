package io.reverie.jobs.spec;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.reverie.core.DreamException;
import io.reverie.core.dream.DreamSpec;
import io.reverie.core.dream.Octaves;
import io.reverie.core.dream.Smoothing;
import io.reverie.core.objective.L2;
import io.reverie.core.objective.Objective;
import io.reverie.jobs.UserException;
import java.io.Serializable;
import java.util.List;

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
    List<Term> layers,
    Sizes octaves,
    int iterations,
    double step,
    int jitter,
    Blur smoothing,
    double strength,
    long seed,
    SizeRule size,
    SizeRule dreamSize,
    VideoSpec video,
    ImagesSpec images,
    SyncSpec sync,
    @JacksonInject @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) Schedule schedule)
    implements Serializable {

  /** One layer to grow. */
  public record Term(String layer, List<Integer> channels, @JsonProperty Double weight)
      implements Serializable {
    public Term {
      if (layer == null) {
        throw UserException.usage("each of 'layers' needs a 'layer', such as {layer: conv4.3}");
      }
      channels = channels == null ? List.of() : List.copyOf(channels);
      weight = weight == null ? 1.0 : weight;
    }

    Objective objective() {
      return new L2(layer, channels, weight);
    }
  }

  /** See {@link Octaves}. */
  public record Sizes(int count, double scale) implements Serializable {}

  /** See {@link Smoothing}. */
  public record Blur(double weight, double sigma) implements Serializable {}

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
    try {
      dreamSpec(layers, octaves, iterations, step, jitter, smoothing, strength, seed);
    } catch (DreamException e) {
      throw UserException.usage(e.getMessage(), e);
    }
  }

  /** The part that dream-core knows. */
  @JsonIgnore
  public DreamSpec dream() {
    return dreamSpec(layers, octaves, iterations, step, jitter, smoothing, strength, seed);
  }

  private static DreamSpec dreamSpec(
      List<Term> layers,
      Sizes octaves,
      int iterations,
      double step,
      int jitter,
      Blur smoothing,
      double strength,
      long seed) {
    return new DreamSpec(
        layers.stream().map(Term::objective).toList(),
        new Octaves(octaves.count(), octaves.scale()),
        iterations,
        step,
        jitter,
        new Smoothing(smoothing.weight(), smoothing.sigma()),
        strength,
        seed);
  }
}
