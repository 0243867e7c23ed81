/** A video to dream, what is known of its frames, and its work folder. */
package io.reverie.jobs.video.work;
