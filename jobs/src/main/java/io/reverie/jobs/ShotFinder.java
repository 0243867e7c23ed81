package io.reverie.jobs;

import io.reverie.video.PtsRange;
import io.reverie.video.VideoIndex;
import io.reverie.video.shot.Shots;

/** Finds where shots begin. */
interface ShotFinder {

  /** Looks at a part of a video. */
  Shots find(InputVideo input, VideoIndex index, PtsRange range);
}
