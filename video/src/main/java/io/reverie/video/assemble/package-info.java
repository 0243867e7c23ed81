/** Puts encoded segments, sound, subtitles and metadata together, packet by packet. */
package io.reverie.video.assemble;
