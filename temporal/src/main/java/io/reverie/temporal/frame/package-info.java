/** Converts between frames of video and pictures of dream-core. */
package io.reverie.temporal.frame;
