package io.reverie.jobs.measure;

/** How the changes between the frames of a dream are measured. */
public enum Protocol {
  /** Flicker: the warping error in excess of the source's own. */
  REVERIE,

  /**
   * Also the warping error of {@link io.reverie.video.motion.LaiProtocol}, from which nothing is
   * subtracted, as papers on video consistency state it.
   */
  LAI
}
