package io.reverie.jobs.plan;

import io.reverie.video.PtsRange;
import java.io.Serializable;

/**
 * Frames that two neighbouring segments of a shot both dream, to be faded from one to the other.
 *
 * @param before the number of the earlier segment; the later one is the next
 * @param range of the shared frames
 * @param margin the same and one frame more on each side, which the fade is measured against
 * @param frames how many are shared
 */
public record Seam(int before, PtsRange range, PtsRange margin, int frames)
    implements Serializable {}
