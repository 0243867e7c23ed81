package io.reverie.temporal.carry;

import io.reverie.video.motion.FlowSettings;

/**
 * How a whole shot is dreamed; what may change from frame to frame is in {@link FrameSettings}.
 *
 * @param flow that the dream is carried along
 */
public record ShotSettings(TemporalMode mode, Effort effort, FlowSettings flow) {}
