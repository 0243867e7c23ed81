package io.reverie.video.still;

import io.reverie.video.Frame;
import io.reverie.video.Size;
import io.reverie.video.icc.IccProfile;
import io.reverie.video.icc.IccProfile.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A still image in its own colours.
 *
 * @param frame upright, with pts 0; components of a floating-point image may exceed 0..255
 * @param bitDepth bits per component in the file: 8, 16, or 32 for floating-point numbers
 * @param grey whether the file stores grey; the three components are then equal
 * @param profile of the colours; empty for sRGB
 * @param notes sentences about what was converted, without a subject
 */
public record Still(
    Frame frame, int bitDepth, boolean grey, Optional<IccProfile> profile, List<String> notes) {

  /** Components converted at a time. */
  private static final int STRIP = 3 << 16;

  private static final int FLOATS = 32;

  public Still {
    notes = List.copyOf(notes);
  }

  /** An image in sRGB. */
  public Still(Frame frame, int bitDepth) {
    this(frame, bitDepth, false, Optional.empty(), List.of());
  }

  private boolean isConverted() {
    return profile.isPresent()
        && profile.get().space() == Space.RGB
        && !profile.get().isSrgb()
        && profile.get().isTwoWay();
  }

  private boolean isClipped() {
    return bitDepth == FLOATS;
  }

  /**
   * Returns what a network sees: sRGB in 0..255. It is the frame itself unless there is something
   * to convert; grey and the colours of a profile that works in one direction stay as they are.
   */
  public Frame seen() {
    if (isConverted()) {
      return frame.withRgb(profile.get().toSrgb(frame.rgb()));
    }
    return isClipped() ? frame.withRgb(clipped(frame.rgb())) : frame;
  }

  /** Returns the colours that viewers show, as sRGB in 0..255. */
  public Frame shown() {
    if (profile.isPresent() && !profile.get().isSrgb()) {
      return frame.withRgb(profile.get().toSrgb(frame.rgb()));
    }
    return isClipped() ? frame.withRgb(clipped(frame.rgb())) : frame;
  }

  private static float[] clipped(float[] values) {
    float[] clipped = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      clipped[i] = Math.max(0, Math.min(255, values[i]));
    }
    return clipped;
  }

  /**
   * Puts a dream back into the image's own colours: the difference that the dream made is added to
   * them, so what did not change is exact, and colours outside sRGB are kept.
   *
   * @param seen what the network saw, from {@link #seen}
   * @param dream its dream, of the same size
   */
  public Still dreamed(Frame seen, float[] dream) {
    float[] own = dream;
    if (isConverted() || isClipped()) {
      own = frame.rgb().clone();
      for (int from = 0; from < own.length; from += STRIP) {
        int to = Math.min(own.length, from + STRIP);
        float[] before = own(Arrays.copyOfRange(seen.rgb(), from, to));
        float[] after = own(Arrays.copyOfRange(dream, from, to));
        for (int i = from; i < to; i++) {
          float moved = own[i] + (after[i - from] - before[i - from]);
          own[i] = isClipped() ? moved : Math.max(0, Math.min(255, moved));
        }
      }
    }
    return with(frame.withRgb(grey ? luma(own) : own));
  }

  private float[] own(float[] srgb) {
    return isConverted() ? profile.get().fromSrgb(srgb) : srgb;
  }

  /** Returns grey of the lightness of colours (BT.601, as {@link Plane#luma}). */
  private static float[] luma(float[] rgb) {
    float[] grey = new float[rgb.length];
    for (int i = 0; i < rgb.length; i += 3) {
      boolean equal = rgb[i] == rgb[i + 1] && rgb[i] == rgb[i + 2];
      double luma = (299.0 * rgb[i] + 587.0 * rgb[i + 1] + 114.0 * rgb[i + 2]) / 1000;
      Arrays.fill(grey, i, i + 3, equal ? rgb[i] : (float) luma);
    }
    return grey;
  }

  private Still with(Frame other) {
    return new Still(other, bitDepth, grey, profile, notes);
  }

  /** Resizes: area averaging when shrinking, bicubic when enlarging. */
  public Still scaled(Size size) {
    return with(Stills.scale(frame, size, !isClipped()));
  }

  /**
   * Returns the image as a format can hold it, with notes about what that changes.
   *
   * @param format of the file that is written
   */
  public Still fitting(StillFormat format) {
    List<String> changes = new ArrayList<>(notes);
    Still fitting = this;
    if (format == StillFormat.OPEN_EXR && profile.isPresent()) {
      fitting = new Still(shown(), bitDepth, grey, Optional.empty(), notes);
      changes.add("its colours were converted to sRGB, which OpenEXR needs");
    } else if (grey && !format.hasGrey() && profile.isPresent()) {
      fitting = new Still(shown(), bitDepth, grey, Optional.empty(), notes);
      changes.add(
          "its greyscale was converted to sRGB, because %s has no greyscale"
              .formatted(format.title()));
    }
    Frame frame = fitting.frame;
    if (frame.alpha().isPresent() && !format.hasAlpha()) {
      frame = new Frame(frame.width(), frame.height(), frame.rgb(), Optional.empty(), 0, false);
      changes.add(
          "%s has no transparency; the alpha channel was dropped".formatted(format.title()));
    }
    if (bitDepth > format.bits()) {
      changes.add(
          "%s has %d bits per colour instead of %d"
              .formatted(format.title(), format.bits(), bitDepth));
    }
    return new Still(
        frame,
        Math.min(bitDepth, format.bits()),
        grey && format.hasGrey(),
        fitting.profile,
        changes);
  }
}
