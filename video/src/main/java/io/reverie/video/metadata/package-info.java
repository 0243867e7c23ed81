/**
 * Reads and writes the ancillary data of stills: colour profile, EXIF, XMP, IPTC, texts, density.
 */
package io.reverie.video.metadata;
