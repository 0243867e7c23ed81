package io.reverie.jobs.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reverie.core.dream.Octaves;
import io.reverie.core.dream.Ramp;
import io.reverie.jobs.spec.PipelineSpec.BlurSpec;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys {@code octaves.*}.
 *
 * @param each overrides from the smallest octave up
 */
public record OctavesSpec(int count, double scale, List<Overrides> each) implements Serializable {

  public OctavesSpec {
    each = List.copyOf(each);
  }

  Octaves sizes() {
    Map<Integer, Double> own = new HashMap<>();
    for (int i = 0; i < each.size(); i++) {
      Double ratio = each.get(i).scale();
      if (ratio != null) {
        own.put(i, ratio);
      }
    }
    return new Octaves(count, scale, own);
  }

  /**
   * Settings of one octave; null means the same as for all.
   *
   * @param scale ratio of its size to the one before
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Overrides(
      @Nullable List<ObjectiveSpec> layers,
      @Nullable Integer iterations,
      @Nullable Double step,
      @Nullable Double stepEnd,
      @Nullable Blur blur,
      @Nullable Double scale)
      implements Serializable {

    static final Overrides NONE = new Overrides(null, null, null, null, null, null);

    Ramp blur(BlurSpec all) {
      return blur == null
          ? new Ramp(all.from(), all.to())
          : new Ramp(or(blur.from(), all.from()), or(blur.to(), all.to()));
    }
  }

  /** Blur of one octave; null means the same as for all. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Blur(@Nullable Double from, @Nullable Double to) implements Serializable {}

  static <T> T or(@Nullable T own, T otherwise) {
    return own == null ? otherwise : own;
  }
}
