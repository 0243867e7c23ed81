package io.reverie.video.motion;

/**
 * Settings of optical flow and warping.
 *
 * @param scale resolution of the flow relative to the frame, above 0 and at most 1
 * @param warp interpolation along the flow
 */
public record FlowSettings(FlowMethod method, double scale, Interpolation warp) {

  public FlowSettings {
    if (!(scale > 0 && scale <= 1)) {
      throw new IllegalArgumentException("the flow's scale must be in (0, 1], not " + scale);
    }
  }
}
