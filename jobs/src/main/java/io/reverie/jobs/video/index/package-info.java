/** What was read of a video before it is dreamed: the times of its frames, its sound's loudness. */
package io.reverie.jobs.video.index;
