/** Versions of HDR frames for a standard display, and the way back. */
package io.reverie.video.hdr;
