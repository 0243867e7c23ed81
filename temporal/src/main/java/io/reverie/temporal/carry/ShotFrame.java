package io.reverie.temporal.carry;

import io.reverie.core.Image;
import io.reverie.core.dream.image.Mask;
import io.reverie.video.motion.GreyImage;

/**
 * A frame to dream.
 *
 * @param corrupt whether it was damaged
 * @param source at the size of the ascent
 * @param grey luma of the source
 */
record ShotFrame(
    long pts, boolean corrupt, Image source, GreyImage grey, Mask mask, FrameSettings settings) {}
