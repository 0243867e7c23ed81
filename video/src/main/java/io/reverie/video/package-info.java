/** Frames, presentation times and formats of video and stills. */
package io.reverie.video;
