package io.reverie.jobs.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.reverie.jobs.error.UserException;
import io.reverie.temporal.mask.MaskSettings;
import java.io.Serializable;
import java.util.Optional;

/** The keys {@code mask.*} of {@code reference.yaml}. */
public record MaskSpec(String file, boolean alpha, double strength, double feather, boolean invert)
    implements Serializable {

  private static final String NONE = "none";
  private static final double WIDEST = 500;

  public MaskSpec {
    if (!(strength >= 0 && strength <= 1)) {
      throw UserException.usage("mask.strength must be from 0 to 1, not " + strength);
    }
    if (!(feather >= 0 && feather <= WIDEST)) {
      throw UserException.usage("mask.feather must be from 0 to 500 pixels, not " + feather);
    }
    if (file.equals(NONE) && !alpha) {
      requireMask("invert", !invert);
      requireMask("feather", feather == 0);
      requireMask("strength", strength == 1);
    }
  }

  private static void requireMask(String key, boolean unused) {
    if (!unused) {
      throw UserException.usage(
          "mask.%s needs a mask; set mask.file, or mask.alpha=true".formatted(key));
    }
  }

  /** An image, a video or numbered images. */
  @JsonIgnore
  public Optional<String> picture() {
    return file.equals(NONE) ? Optional.empty() : Optional.of(file);
  }

  @JsonIgnore
  public boolean isNone() {
    return file.equals(NONE) && !alpha;
  }

  @JsonIgnore
  public MaskSettings settings() {
    return new MaskSettings(alpha, strength, feather, invert);
  }

  MaskSpec withFile(String other) {
    return new MaskSpec(other, alpha, strength, feather, invert);
  }

  /**
   * Rejects an opaque source whose alpha channel is to be the mask.
   *
   * @param hasAlpha whether the source has an alpha channel
   */
  public void requireAlpha(String source, boolean hasAlpha) {
    if (alpha && !hasAlpha) {
      throw UserException.environment(
          "%s has no alpha channel to use as a mask; omit mask.alpha, or set mask.file"
              .formatted(source));
    }
  }
}
