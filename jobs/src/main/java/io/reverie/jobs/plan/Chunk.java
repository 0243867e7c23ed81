package io.reverie.jobs.plan;

import io.reverie.video.PtsRange;
import java.io.Serializable;

/**
 * A part of a segment that is encoded by itself: once it is kept, a task that died needs not dream
 * it again.
 *
 * @param number from 0 in each segment
 * @param range of the frames to dream
 * @param frames how many they are
 */
public record Chunk(int number, PtsRange range, int frames) implements Serializable {}
