package io.reverie.video.icc;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;

/**
 * An ICC profile. Colours have components in 0..255 and are interleaved; conversions clip what the
 * other space cannot show.
 */
public final class IccProfile {

  /** The colours that a profile describes. */
  public enum Space {
    RGB,
    GREY,
    CMYK,
    /** Other device colours, which no still of ours has. */
    OTHER
  }

  /** Larger than any profile in use; those of printers have some megabytes. */
  private static final int LARGEST = 32 << 20;

  /** The largest difference from sRGB, in 0..255, at which colours count as sRGB. */
  private static final float NEARLY_SRGB = 1.5f;

  /** Samples per axis for the comparison with sRGB. */
  private static final int SIDE = 9;

  /** Samples of the curve of a grey profile. */
  private static final int STEPS = 4096;

  private final byte[] bytes;
  private final ICC_Profile profile;
  private final Space space;
  private Optional<RgbSpace> rgb = Optional.empty();
  private Optional<Boolean> srgb = Optional.empty();

  private IccProfile(byte[] bytes, ICC_Profile profile) {
    this.bytes = bytes;
    this.profile = profile;
    this.space =
        switch (profile.getColorSpaceType()) {
          case ColorSpace.TYPE_RGB -> Space.RGB;
          case ColorSpace.TYPE_GRAY -> Space.GREY;
          case ColorSpace.TYPE_CMYK -> Space.CMYK;
          default -> Space.OTHER;
        };
  }

  /**
   * Reads a profile.
   *
   * @return empty if it is damaged or describes no colours, as a device link does
   */
  public static Optional<IccProfile> of(byte[] icc) {
    if (icc.length > LARGEST) {
      return Optional.empty();
    }
    try {
      IccProfile read = new IccProfile(icc, ICC_Profile.getInstance(icc));
      int components = read.profile.getNumComponents();
      // A profile may have a sound header and no usable tags; only a conversion tells.
      new IccTransform(read.profile, IccTransform.srgb()).apply(new float[components], components);
      return Optional.of(read);
    } catch (RuntimeException e) {
      // The JDK reports damage by three unrelated exceptions.
      return Optional.empty();
    }
  }

  /** The colours of standard offset printing (CGATS TR 001, SWOP), for CMYK without a profile. */
  public static IccProfile usualCmyk() {
    String name = "CGATS001Compat-v2-micro.icc";
    try (InputStream in =
        Objects.requireNonNull(IccProfile.class.getResourceAsStream(name), name)) {
      return of(in.readAllBytes()).orElseThrow();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public Space space() {
    return space;
  }

  /** Returns whether colours of this RGB profile are those of sRGB, to the eye. */
  public boolean isSrgb() {
    if (srgb.isEmpty()) {
      srgb = Optional.of(space == Space.RGB && largestChange() <= NEARLY_SRGB);
    }
    return srgb.get();
  }

  /** Returns the largest difference of a component from sRGB, on a coarse grid. */
  private float largestChange() {
    float[] colours = new float[SIDE * SIDE * SIDE * 3];
    for (int i = 0; i < colours.length; i++) {
      int place = i % 3 == 0 ? i / 3 : i % 3 == 1 ? i / 3 / SIDE : i / 3 / (SIDE * SIDE);
      colours[i] = place % SIDE * 255f / (SIDE - 1);
    }
    float[] converted = rgb().toSrgb(colours);
    float largest = 0;
    for (int i = 0; i < colours.length; i++) {
      largest = Math.max(largest, Math.abs(converted[i] - colours[i]));
    }
    return largest;
  }

  private RgbSpace rgb() {
    if (rgb.isEmpty()) {
      rgb = MatrixSpace.of(profile).or(() -> Optional.of(new GridSpace(profile)));
    }
    return rgb.get();
  }

  /**
   * Returns whether sRGB can be converted to this profile; profiles of scanners know one direction.
   */
  public boolean isTwoWay() {
    return space == Space.RGB && rgb().isTwoWay();
  }

  /** Converts colours of this RGB profile, or grey ones with three equal components, to sRGB. */
  public float[] toSrgb(float[] colours) {
    return switch (space) {
      case RGB -> rgb().toSrgb(colours);
      case GREY -> greyToSrgb(colours);
      default -> throw new IllegalStateException("no profile of RGB or grey but of " + space);
    };
  }

  /** Converts sRGB colours to this RGB profile. */
  public float[] fromSrgb(float[] colours) {
    return rgb().fromSrgb(colours);
  }

  private float[] greyToSrgb(float[] colours) {
    float[] steps = new float[STEPS + 1];
    for (int i = 0; i <= STEPS; i++) {
      steps[i] = (float) i / STEPS;
    }
    float[] curve = new IccTransform(profile, IccTransform.srgb()).apply(steps, 1);
    float[] converted = new float[colours.length];
    for (int i = 0; i < colours.length; i++) {
      float position = Math.max(0, Math.min(255, colours[i])) * STEPS / 255;
      int below = Math.min(STEPS - 1, (int) position);
      float low = curve[below * 3 + i % 3];
      float high = curve[(below + 1) * 3 + i % 3];
      converted[i] = 255 * (low + (position - below) * (high - low));
    }
    return converted;
  }

  /**
   * Converts CMYK to sRGB in 0..255.
   *
   * @param ink amounts of ink in 0..1, four for each colour
   */
  public float[] cmykToSrgb(float[] ink) {
    return scaled(new IccTransform(profile, IccTransform.srgb()).apply(ink, 4));
  }

  /** Converts CMYK of 8 bits to sRGB in 0..255; 255 is full ink. */
  public float[] cmykToSrgb(byte[] ink) {
    return scaled(new IccTransform(profile, IccTransform.srgb()).apply(ink, 4));
  }

  private static float[] scaled(float[] colours) {
    for (int i = 0; i < colours.length; i++) {
      colours[i] *= 255;
    }
    return colours;
  }
}
