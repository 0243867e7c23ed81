/** Encodes frames to segments and stills. */
package io.reverie.video.encode;
