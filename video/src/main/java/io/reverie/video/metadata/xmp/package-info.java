/**
 * XMP packets: their properties, their updates for a new picture, and the private ones among them.
 */
package io.reverie.video.metadata.xmp;
