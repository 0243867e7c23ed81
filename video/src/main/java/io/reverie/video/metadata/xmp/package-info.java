/** XMP packets: their properties, what they must say of a new picture, and what is private. */
package io.reverie.video.metadata.xmp;
