package io.reverie.video.icc;

import java.awt.color.ICC_Profile;
import java.util.Optional;

/** The space of a profile with tables, as the JDK's Little CMS converts it. */
final class GridSpace implements RgbSpace {

  private final ICC_Profile profile;
  private final ColourGrid toSrgb;
  private Optional<ColourGrid> fromSrgb = Optional.empty();

  GridSpace(ICC_Profile profile) {
    this.profile = profile;
    this.toSrgb = grid(profile, IccTransform.srgb());
  }

  private static ColourGrid grid(ICC_Profile from, ICC_Profile to) {
    IccTransform transform = new IccTransform(from, to);
    return ColourGrid.of(colours -> transform.apply(colours, 3));
  }

  @Override
  public float[] toSrgb(float[] colours) {
    return toSrgb.apply(colours);
  }

  @Override
  public float[] fromSrgb(float[] colours) {
    if (fromSrgb.isEmpty()) {
      fromSrgb = Optional.of(grid(IccTransform.srgb(), profile));
    }
    return fromSrgb.get().apply(colours);
  }

  @Override
  public boolean isTwoWay() {
    try {
      return fromSrgb(new float[3]).length == 3;
    } catch (RuntimeException e) {
      // The JDK reports a missing direction by one of several exceptions.
      return false;
    }
  }
}
