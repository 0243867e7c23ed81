/** A video to dream, what is known of its frames, and the folder in which work on it lies. */
package io.reverie.jobs.video.work;
