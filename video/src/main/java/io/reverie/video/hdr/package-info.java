/** Converts HDR frames to what a standard display shows, and back. */
package io.reverie.video.hdr;
