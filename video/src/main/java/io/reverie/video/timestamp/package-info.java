/** Repairs the timestamps of copied streams. */
package io.reverie.video.timestamp;
