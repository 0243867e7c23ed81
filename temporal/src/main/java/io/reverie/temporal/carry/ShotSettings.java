package io.reverie.temporal.carry;

import io.reverie.video.motion.FlowSettings;

/**
 * Settings of a whole shot; those that may change per frame are in {@link FrameSettings}.
 *
 * @param flow optical flow that carries the dream
 */
public record ShotSettings(
    TemporalMode mode, Effort effort, FlowSettings flow, KeyframeInterval interval) {}
