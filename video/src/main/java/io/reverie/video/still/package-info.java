/** Reads and writes still images. */
package io.reverie.video.still;
