package io.reverie.temporal.carry;

import io.reverie.video.motion.FlowSettings;

/**
 * Settings of a whole shot; those that may change per frame are in {@link FrameSettings}.
 *
 * @param flow optical flow that carries the dream
 * @param interval how far apart dreamed frames are in {@link TemporalMode#CARRY}
 */
public record ShotSettings(
    TemporalMode mode, Effort effort, FlowSettings flow, KeyframeInterval interval) {

  /** Returns the largest number of frames that wait for their dream. */
  public int waitingFrames() {
    return mode == TemporalMode.CARRY ? interval.frames() - 1 : 0;
  }
}
