package io.reverie.temporal.carry;

import io.reverie.core.Image;
import io.reverie.temporal.carry.FocusRule.CarriedState;

/**
 * The newest keyframe of a shot.
 *
 * @param source at the size of the ascent
 * @param carried passed to the next keyframe
 * @param ascentLength of a frame dreamed alone with its settings, in grey levels
 */
record LastKeyframe(
    Image source,
    CarriedState carried,
    ObjectiveShares objectives,
    double ascentLength,
    boolean corrupt) {}
