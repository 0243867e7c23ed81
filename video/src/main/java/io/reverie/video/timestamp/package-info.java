/** Repairs the times of copied streams. */
package io.reverie.video.timestamp;
