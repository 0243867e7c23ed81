package io.reverie.jobs.plan;

import io.reverie.video.PtsRange;
import java.io.Serializable;

/**
 * What a camera took in one go: dreams are carried within it, never beyond.
 *
 * @param number from 0, in the order of times
 * @param range of presentation times, half-open
 * @param frames how many it holds
 */
public record Shot(int number, PtsRange range, int frames) implements Serializable {}
