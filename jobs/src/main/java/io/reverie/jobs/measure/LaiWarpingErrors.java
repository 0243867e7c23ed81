package io.reverie.jobs.measure;

/**
 * The warping error of Lai et al., averaged over all pairs of consecutive frames; NaN without a
 * pair.
 *
 * @param dream of the dream, for colours in 0..1
 * @param source of the source
 */
public record LaiWarpingErrors(double dream, double source) {}
