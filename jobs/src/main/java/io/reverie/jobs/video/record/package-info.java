/** What a video's work folder records of finished segments and seams. */
package io.reverie.jobs.video.record;
