/** Reads untrusted bytes within bounds, and inflates them up to a limit. */
package io.reverie.video.metadata.bytes;
