/** Converts between frames of video and images of dream-core. */
package io.reverie.temporal.frame;
