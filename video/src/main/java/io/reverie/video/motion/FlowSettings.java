package io.reverie.video.motion;

/**
 * How motion is found and followed.
 *
 * @param scale of the grid that flow is computed on, above 0 and at most 1
 * @param warp how values are moved along the flow
 */
public record FlowSettings(FlowMethod method, double scale, Interpolation warp) {

  public FlowSettings {
    if (!(scale > 0 && scale <= 1)) {
      throw new IllegalArgumentException("the flow's scale must be in (0, 1], not " + scale);
    }
  }
}
