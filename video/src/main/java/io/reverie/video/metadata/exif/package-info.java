/** EXIF streams and TIFF directories: their structure, and changes in place. */
package io.reverie.video.metadata.exif;
