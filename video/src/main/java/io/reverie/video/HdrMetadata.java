package io.reverie.video;

import java.io.Serializable;
import java.util.List;

/**
 * Metadata of a whole HDR video: the mastering display (SMPTE ST 2086), the light levels
 * (CTA-861.3) and whether Dolby Vision is present.
 *
 * @param chromaticities x and y of the mastering display's red, green, blue and white; empty if
 *     unknown
 * @param luminances smallest and largest of the mastering display in cd/m2; empty if unknown
 * @param maxContentLight brightest pixel in cd/m2; 0 if unknown
 * @param maxAverageLight brightest average of a frame in cd/m2; 0 if unknown
 * @param dolbyVision profile; 0 for none
 */
public record HdrMetadata(
    List<Rational> chromaticities,
    List<Rational> luminances,
    int maxContentLight,
    int maxAverageLight,
    int dolbyVision)
    implements Serializable {

  public static final HdrMetadata NONE = new HdrMetadata(List.of(), List.of(), 0, 0, 0);

  public HdrMetadata {
    chromaticities = List.copyOf(chromaticities);
    luminances = List.copyOf(luminances);
    if (!List.of(0, 8).contains(chromaticities.size())
        || !List.of(0, 2).contains(luminances.size())) {
      throw new IllegalArgumentException(
          "a display with %d chromaticities and %d luminances"
              .formatted(chromaticities.size(), luminances.size()));
    }
  }

  public boolean hasDisplay() {
    return !chromaticities.isEmpty() || !luminances.isEmpty();
  }

  public boolean hasLight() {
    return maxContentLight > 0 || maxAverageLight > 0;
  }

  /** Returns this metadata, with what is missing taken from another source. */
  public HdrMetadata or(HdrMetadata other) {
    HdrMetadata display = hasDisplay() ? this : other;
    HdrMetadata light = hasLight() ? this : other;
    return new HdrMetadata(
        display.chromaticities,
        display.luminances,
        light.maxContentLight,
        light.maxAverageLight,
        dolbyVision == 0 ? other.dolbyVision : dolbyVision);
  }
}
