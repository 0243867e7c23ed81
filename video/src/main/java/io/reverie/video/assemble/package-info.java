/** Assembles encoded segments, sound, subtitles and metadata, packet by packet. */
package io.reverie.video.assemble;
