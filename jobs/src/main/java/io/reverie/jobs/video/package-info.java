/** The job of {@code reverie video}: plan, dream segments, fade seams, assemble. */
package io.reverie.jobs.video;
